import { homedir } from 'node:os';
import path from 'node:path';
import { readInventory } from '../core/descriptor/hosts/read-inventory.ts';
import { type ChosenHost, chooseHosts, eachOnce } from '../core/model/choose-hosts.ts';
import type { HostAddress } from '../core/model/host-address.ts';
import type { InventoryHost } from '../core/model/inventory.ts';
import { FailureError } from '../errors/failure.ts';
import { localText } from './context.ts';

/** Where the inventory of this user is (XDG Base Directory Specification). */
export function inventoryFile(environment: NodeJS.ProcessEnv = process.env): string {
  const folder = environment['XDG_CONFIG_HOME'] ?? '';
  return path.join(path.isAbsolute(folder) ? folder : path.join(homedir(), '.config'), 'gear', 'hosts.yaml');
}

/** The hosts of the inventory; none where there is no file. FailureError HOSTS_INVALID. */
export async function localInventory(): Promise<readonly InventoryHost[]> {
  const file = inventoryFile();
  const read = await localText(file);
  if ('problem' in read) {
    if (read.problem === 'does not exist') return [];
    throw new FailureError({
      code: 'HOSTS_INVALID',
      message: `${file} ${read.problem}`,
      next: `see what is there: ls -l ${file}`,
      place: { source: file },
    });
  }
  const inventory = readInventory(read.text, file);
  if (!inventory.ok) throw new FailureError(...inventory.failures);
  return inventory.value;
}

/** The hosts that words of the command line mean, each once. FailureError HOST_INVALID, HOSTS_INVALID. */
export async function findHosts(words: readonly string[]): Promise<readonly ChosenHost[]> {
  const inventory = words.every((word) => word === 'local') ? [] : await localInventory();
  const results = words.map((word) => chooseHosts(word, inventory));
  const failures = results.flatMap((result) => (result.ok ? [] : result.failures));
  if (failures.length > 0) throw new FailureError(...failures);
  return eachOnce(results.flatMap((result) => (result.ok ? result.value : [])));
}

/** The one other machine that a word means. FailureError HOST_INVALID. */
export async function oneHost(word: string): Promise<HostAddress> {
  const [first, ...others] = await findHosts([word]);
  const address = first?.address ?? null;
  if (address !== null && others.length === 0) return address;
  throw new FailureError({
    code: 'HOST_INVALID',
    message: `${word} is not one other host`,
    next: 'name one: gear host ls',
    subject: word,
  });
}
