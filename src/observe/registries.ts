import { FailureError } from '../errors/failure.ts';
import { paths } from '../core/model/paths.ts';
import { readLogins, type StoredLogin } from '../core/model/registry.ts';
import type { Files } from '../ports/files.ts';

/** The logins that the host has stored, by registry. FailureError CREDENTIALS when the store is damaged; NOT_ROOT. */
export async function storedLogins(files: Files): Promise<ReadonlyMap<string, StoredLogin>> {
  const bytes = await files.read(paths.registries);
  if (bytes === null) return new Map();
  const logins = readLogins(new TextDecoder().decode(bytes));
  if (logins !== null) return logins;
  throw new FailureError({
    code: 'CREDENTIALS',
    message: `the stored credentials in ${paths.registries} cannot be used: it is not JSON with "auths"`,
    next: `remove ${paths.registries}, then log in again with: gear registry login REGISTRY`,
    subject: paths.registries,
  });
}
