import { canonicalJson } from './hash.ts';
import type { AppRequest } from './app.ts';
import { keyedHash } from './keyed-hash.ts';
import type { Manifest } from './manifest.ts';

/** What the operator keeps of a host, for when that is gone. No secret value is in it. */
export interface HostRecord {
  readonly manifest: Manifest;
  /** Where each app was described when it was last applied from here; absent: it was not. */
  readonly descriptions: Readonly<Record<string, AppDescription>>;
}

/** The descriptors of an app, as a command line named them; paths are absolute. */
export interface AppDescription {
  readonly paths: readonly string[];
  readonly overlays: readonly string[];
  readonly format?: string;
  readonly profiles?: readonly string[];
  /** What the app came to, values among them, under `salt`: tells whether the descriptors still say the same. */
  readonly print: string;
  readonly salt: string;
  /** The names of the environments and files that it gave on the host. */
  readonly hashes: readonly string[];
}

/** Names what an app means, values and contents included; without the salt, nobody can try values against it. */
export function printOf(request: AppRequest, salt: string): string {
  const containers = request.containers.map(({ files = [], ...rest }) => ({
    ...rest,
    files: files.map(({ target, content }) => ({ target, hash: keyedHash(saltBytes(salt), content) })),
  }));
  const { networks, volumes } = request;
  return keyedHash(saltBytes(salt), canonicalJson({ containers, networks, volumes }));
}

function saltBytes(salt: string): Uint8Array {
  return new TextEncoder().encode(salt);
}

/** The environments and files of an app on its host, by their hashes. */
export function valueHashes({ instances }: Manifest, app: string): readonly string[] {
  const own = instances.filter((each) => each.app === app);
  const hashes = own.flatMap(({ environmentFile, files = [] }) => [
    ...(environmentFile === null ? [] : [environmentFile]),
    ...files.map(({ hash }) => hash),
  ]);
  return [...new Set(hashes)].toSorted();
}
