import { readFile } from 'node:fs/promises';
import { isAbsent, refusal } from '../files/refusal.ts';
import { parseIpv4Routes, parseIpv6Routes } from './routes-table.ts';

/** Destinations of the routes in the network namespace of this process. A kernel without IPv6 has one table. */
export async function hostRoutes(folder = '/proc/net'): Promise<readonly string[]> {
  const [ipv4, ipv6] = await Promise.all([tableOf(`${folder}/route`), tableOf(`${folder}/ipv6_route`)]);
  return [...new Set([...parseIpv4Routes(ipv4), ...parseIpv6Routes(ipv6)])];
}

async function tableOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return '';
    throw refusal(error, 'read', path);
  }
}
