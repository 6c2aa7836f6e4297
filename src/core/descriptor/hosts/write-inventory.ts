import { dump } from 'js-yaml';
import type { InventoryHost } from '../../model/inventory.ts';

/** The inventory as hosts.yaml has it. */
export function writeInventory(hosts: readonly InventoryHost[]): string {
  const entries = hosts.map(({ name, address, labels, engine }): readonly [string, object] => [
    name,
    {
      address: addressText(address),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(engine === undefined ? {} : { engine }),
    },
  ]);
  return dump({ hosts: Object.fromEntries(entries) }, { lineWidth: 120 });
}

/** An address as parseHostAddress reads it. */
export function addressText({ host, user, port }: InventoryHost['address']): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${user === undefined ? '' : `${user}@`}${name}${port === undefined ? '' : `:${String(port)}`}`;
}
