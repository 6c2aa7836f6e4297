import type { Manifest } from '../core/model/manifest.ts';

/** Names of the declared containers that read a secret, as a file or as a variable. */
export function usersOf(manifest: Manifest | null, secret: string): readonly string[] {
  return (manifest?.instances ?? [])
    .filter(({ spec, secrets = [], secretEnvironment = {} }) =>
      [
        ...[...secrets, ...(spec.secrets ?? [])].map(({ name }) => name),
        ...Object.values(secretEnvironment),
      ].includes(secret),
    )
    .map(({ name }) => name);
}
