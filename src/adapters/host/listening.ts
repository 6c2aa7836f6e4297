import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import type { ListeningPort } from '../../ports/host.ts';
import { isAbsent, refusal } from '../files/refusal.ts';
import { parseListening } from './listening-table.ts';

const tables = [
  { file: 'tcp', protocol: 'tcp' },
  { file: 'tcp6', protocol: 'tcp' },
  { file: 'udp', protocol: 'udp' },
  { file: 'udp6', protocol: 'udp' },
] as const;

/**
 * What listens in the network namespace of this process, each socket once, by port. A kernel without IPv6 has fewer
 * tables. Synchronous, as the kernel makes them up while they are read: through the thread pool each takes five turns.
 */
export function listeningPorts(folder = '/proc/net'): readonly ListeningPort[] {
  const found = tables.map(({ file, protocol }) =>
    parseListening(tableOf(`${folder}/${file}`), protocol, endianness()),
  );
  return distinctPorts(found.flat());
}

/** Each socket once, by port. */
export function distinctPorts(found: readonly ListeningPort[]): readonly ListeningPort[] {
  const distinct = new Map(found.map((each) => [`${each.protocol} ${each.address} ${each.port}`, each]));
  return [...distinct.values()].sort((a, b) => a.port - b.port);
}

function tableOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return '';
    throw refusal(error, 'read', path);
  }
}
