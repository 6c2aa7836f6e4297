import { readFile } from 'node:fs/promises';
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
 * tables.
 */
export async function listeningPorts(folder = '/proc/net'): Promise<readonly ListeningPort[]> {
  const found = await Promise.all(
    tables.map(async ({ file, protocol }) =>
      parseListening(await tableOf(`${folder}/${file}`), protocol, endianness()),
    ),
  );
  return distinctPorts(found.flat());
}

/** Each socket once, by port. */
export function distinctPorts(found: readonly ListeningPort[]): readonly ListeningPort[] {
  const distinct = new Map(found.map((each) => [`${each.protocol} ${each.address} ${each.port}`, each]));
  return [...distinct.values()].sort((a, b) => a.port - b.port);
}

async function tableOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return '';
    throw refusal(error, 'read', path);
  }
}
