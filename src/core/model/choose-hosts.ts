import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { type HostAddress, parseHostAddress } from './host-address.ts';
import type { InventoryHost } from './inventory.ts';

/** A host as chosen: one of the inventory brings its engine; `address` is null for this machine. */
export interface ChosenHost {
  readonly label: string;
  readonly address: HostAddress | null;
  readonly engine?: InventoryHost['engine'];
}

/**
 * The hosts that a word of the command line means: `local`, `all` of the inventory, those with a label (`zone=a`), one
 * of the inventory by name, or any other by its address. HOST_INVALID.
 */
export function chooseHosts(
  word: string,
  inventory: readonly InventoryHost[],
): Result<readonly ChosenHost[]> {
  if (word === 'local') return ok([{ label: 'local', address: null }]);
  const [, label, wanted] = /^([^=]+)=(.*)$/.exec(word) ?? [];
  if (word === 'all' || label !== undefined) {
    const found = inventory.filter(({ labels }) => label === undefined || labels[label] === wanted);
    if (found.length > 0) return ok(found.map(chosen));
    return err({
      code: 'HOST_INVALID',
      message:
        word === 'all'
          ? 'the inventory has no hosts'
          : `no host of the inventory has the label ${quote(word)}`,
      next: 'see what there is: gear host ls; or add one: gear host add web1',
      subject: word,
    });
  }
  const known = inventory.find(({ name }) => name === word);
  if (known !== undefined) return ok([chosen(known)]);
  const address = parseHostAddress(word);
  return address.ok ? ok([{ label: word, address: address.value }]) : address;
}

/** Which machine a host is, as far as its address tells: under two names, a command would wait for itself on it. */
export function machineOf({ address }: ChosenHost): string {
  return address === null ? 'local' : `${address.host.toLowerCase()} ${String(address.port ?? '')}`;
}

/** The hosts, each machine once, by the first of its names. */
export function eachOnce(hosts: readonly ChosenHost[]): readonly ChosenHost[] {
  const machines = new Map<string, ChosenHost>();
  for (const host of hosts) if (!machines.has(machineOf(host))) machines.set(machineOf(host), host);
  return [...machines.values()];
}

function chosen({ name, address, engine }: InventoryHost): ChosenHost {
  return { label: name, address, ...(engine === undefined ? {} : { engine }) };
}
