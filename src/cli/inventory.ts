import { addressText, writeInventory } from '../core/descriptor/hosts/write-inventory.ts';
import { checkHostName } from '../core/descriptor/hosts/read-inventory.ts';
import { parseHostAddress } from '../core/model/host-address.ts';
import type { EngineKind } from '../core/model/engine-kind.ts';
import type { InventoryHost } from '../core/model/inventory.ts';
import { FailureError, valueOf } from '../errors/failure.ts';
import { printInventory } from '../report/inventory.ts';
import { createStyle } from '../report/style.ts';
import type { HostRow } from '../report/values.ts';
import { writeLocal } from './context.ts';
import { inventoryFile, localInventory } from './find-hosts.ts';

const readable = 0o644;

interface GivenHost {
  readonly name: string;
  readonly address: string | undefined;
  readonly labels: readonly string[];
  readonly engine: EngineKind | undefined;
}

/** A host as a command line gives it. FailureError HOST_INVALID, USAGE. */
export function givenHost({ name, address, labels, engine }: GivenHost): InventoryHost {
  const pairs = labels.map((label): readonly [string, string] => {
    const [, key = '', value = ''] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*)=(.*)$/.exec(label) ?? [];
    if (key !== '') return [key, value];
    throw new FailureError({
      code: 'USAGE',
      message: `--label cannot be ${JSON.stringify(label)}`,
      next: 'write it as KEY=VALUE, e.g. --label zone=a',
    });
  });
  return {
    name: valueOf(checkHostName(name)),
    address: { ...valueOf(parseHostAddress(address ?? name)), label: name },
    labels: Object.fromEntries(pairs),
    ...(engine === undefined ? {} : { engine }),
  };
}

/** Puts a host into the inventory, in the place of one of that name. FailureError HOSTS_INVALID, FILE_FAILED. */
export async function saveHost(host: InventoryHost): Promise<void> {
  const others = (await localInventory()).filter(({ name }) => name !== host.name);
  await save([...others, host]);
}

/** Takes a host out of the inventory. FailureError HOST_INVALID where it is not in it. */
export async function dropHost(name: string): Promise<void> {
  const hosts = await localInventory();
  if (!hosts.some((host) => host.name === name)) {
    throw new FailureError({
      code: 'HOST_INVALID',
      message: `the inventory has no host ${JSON.stringify(name)}`,
      next: 'see what there is: gear host ls',
      subject: name,
    });
  }
  await save(hosts.filter((host) => host.name !== name));
}

/** The inventory as `gear host ls` shows it. */
export async function inventoryRows(): Promise<readonly HostRow[]> {
  return (await localInventory()).map(({ name, address, labels, engine }) => ({
    name,
    address: addressText(address),
    labels,
    engine: engine ?? null,
  }));
}

/** The same as a table. */
export function inventoryTable(rows: readonly HostRow[]): string {
  return printInventory(rows, createStyle(process.stdout));
}

async function save(hosts: readonly InventoryHost[]): Promise<void> {
  const sorted = hosts.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  await writeLocal(inventoryFile(), writeInventory(sorted), readable);
}
