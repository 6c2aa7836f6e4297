import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { HostCheck, HostRow } from './values.ts';

/** `gear host ls`: a table. */
export function printInventory(rows: readonly HostRow[], style: Style): string {
  if (rows.length === 0) return 'No hosts yet. Add one with: gear host add web1 root@10.0.0.5';
  const body = rows.map(({ name, address, labels, engine }) => [
    style.bold(name),
    address,
    Object.entries(labels)
      .map(([label, value]) => `${label}=${plain(value)}`)
      .join(', '),
    engine ?? '',
  ]);
  return formatTable([['NAME', 'ADDRESS', 'LABELS', 'ENGINE'].map(style.dim), ...body]);
}

/** A host that was checked, in a line. */
export function printHostCheck({ name, user, systemd, engines }: HostCheck, style: Style): string {
  const versions = engines.map(({ kind, version }) => `${kind} ${plain(version)}`);
  return `${style.good('ok')}  ${plain(name)}: ${[`systemd ${String(systemd)}`, ...versions].join(', ')}, as ${plain(user)}`;
}
