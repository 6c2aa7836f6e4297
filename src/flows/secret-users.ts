import type { Manifest } from '../core/model/manifest.ts';

/** Names of the declared containers that read a secret as a file. */
export function usersOf(manifest: Manifest | null, secret: string): readonly string[] {
  return (manifest?.instances ?? [])
    .filter(({ spec, secrets = [] }) =>
      [...secrets, ...(spec.secrets ?? [])].some(({ name }) => name === secret),
    )
    .map(({ name }) => name);
}
