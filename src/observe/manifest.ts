import type { Manifest } from '../core/model/manifest.ts';
import { wasDeclared } from '../core/model/manifest.ts';
import { manifestOf } from '../core/model/manifest-of.ts';
import { generationPath, paths } from '../core/model/paths.ts';
import { sha256Hex } from '../core/model/sha256.ts';
import type { Files } from '../ports/files.ts';

/** The manifest of the current generation; null on a host that never had one. FailureError MANIFEST_INVALID or MANIFEST_NEWER. */
export async function readCurrentManifest(files: Files): Promise<Manifest | null> {
  // Side by side, because a host may be far away; what was swapped meanwhile is read again.
  const [target, content] = await Promise.all([
    files.readLink(paths.current),
    files.read(`${paths.current}/manifest.json`),
  ]);
  if (target === null) return null;
  const generation = Number(target.slice(target.lastIndexOf('/') + 1));
  if (content === null) return readManifest(files, generation);
  const manifest = parseManifest(content, manifestPath(generation));
  return manifest.generation === generation ? manifest : readManifest(files, generation);
}

/** The manifest of one generation; null when it does not exist. */
export async function readManifest(files: Files, generation: number): Promise<Manifest | null> {
  const path = manifestPath(generation);
  const bytes = await files.read(path);
  return bytes === null ? null : parseManifest(bytes, path);
}

/** Where the manifest of a generation lies. */
export function manifestPath(generation: number): string {
  return `${generationPath(generation)}/manifest.json`;
}

/** Numbers of the generations on disk, ascending. */
export async function listGenerations(files: Files): Promise<readonly number[]> {
  const entries = await files.list(paths.generations);
  return entries
    .filter((entry) => entry.kind === 'directory' && /^[1-9]\d*$/.test(entry.name))
    .map((entry) => Number(entry.name))
    .toSorted((a, b) => a - b);
}

/**
 * The manifests that can be gone back to, ascending. One above the current number was never declared: its command was cut
 * off before the swap.
 */
export async function readDeclared(files: Files, current: Manifest | null): Promise<readonly Manifest[]> {
  const numbers = (await listGenerations(files)).filter((each) => wasDeclared(each, current));
  const read = await Promise.all(numbers.map((each) => readManifest(files, each)));
  return read.filter((each) => each !== null);
}

/** The last one, for whoever reads the same again: a watch does, twice for each change. */
let last: { readonly path: string; readonly digest: string; readonly manifest: Manifest } | null = null;

/** What stands in the file of a manifest. FailureError MANIFEST_INVALID or MANIFEST_NEWER. */
function parseManifest(bytes: Uint8Array, path: string): Manifest {
  const digest = sha256Hex(bytes);
  if (last?.digest === digest && last.path === path) return last.manifest;
  const manifest = manifestOf(new TextDecoder().decode(bytes), path);
  last = { path, digest, manifest };
  return manifest;
}
