import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { RegistryChange, RegistryRow } from './values-of-registries.ts';

/** `gear registry ls`: a table. */
export function printRegistries(rows: readonly RegistryRow[], style: Style): string {
  if (rows.length === 0) return inScope('This host has no logins. Begin with: gear registry login REGISTRY');
  const header = ['REGISTRY', 'USER', 'STORED'].map(style.dim);
  const body = rows.map(({ registry, username, token }) => [
    style.bold(plain(registry)),
    plain(username),
    token ? 'token' : 'password',
  ]);
  return formatTable([header, ...body]);
}

/** `gear registry login` and `logout`. */
export function printRegistryChange({ registry, username, result }: RegistryChange, style: Style): string {
  return `${style.bold(plain(registry))} ${style.good(result)} as ${plain(username)}`;
}
