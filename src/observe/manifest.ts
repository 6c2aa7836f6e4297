import type { Manifest } from '../core/model/manifest.ts';
import { wasDeclared } from '../core/model/manifest.ts';
import { manifestOf } from '../core/model/manifest-of.ts';
import { generationPath, paths } from '../core/model/paths.ts';
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
  const manifest = parseManifest(new TextDecoder().decode(content), manifestPath(generation));
  return manifest.generation === generation ? manifest : readManifest(files, generation);
}

/** The manifest of one generation; null when it does not exist. */
export async function readManifest(files: Files, generation: number): Promise<Manifest | null> {
  const found = await readManifestText(files, generation);
  return found === null ? null : parseManifest(found.text, found.path);
}

/** The same as it stands in its file. */
export async function readManifestText(
  files: Files,
  generation: number,
): Promise<{ readonly path: string; readonly text: string } | null> {
  const path = manifestPath(generation);
  const content = await files.read(path);
  return content === null ? null : { path, text: new TextDecoder().decode(content) };
}

function manifestPath(generation: number): string {
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
let last: { readonly path: string; readonly text: string; readonly manifest: Manifest } | null = null;

/** The text of a manifest. FailureError MANIFEST_INVALID or MANIFEST_NEWER. */
export function parseManifest(text: string, path: string): Manifest {
  if (last?.text === text && last.path === path) return last.manifest;
  const manifest = manifestOf(text, path);
  last = { path, text, manifest };
  return manifest;
}
