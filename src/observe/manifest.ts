import type { Manifest } from '../core/model/manifest.ts';
import { manifestOf } from '../core/model/manifest-of.ts';
import { generationPath, paths } from '../core/model/paths.ts';
import type { Files } from '../ports/files.ts';

/** The manifest of the current generation; null on a host that never had one. FailureError MANIFEST_INVALID or MANIFEST_NEWER. */
export async function readCurrentManifest(files: Files): Promise<Manifest | null> {
  const target = await files.readLink(paths.current);
  if (target === null) return null;
  return readManifest(files, Number(target.slice(target.lastIndexOf('/') + 1)));
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
  const path = `${generationPath(generation)}/manifest.json`;
  const content = await files.read(path);
  return content === null ? null : { path, text: new TextDecoder().decode(content) };
}

/** Numbers of the generations on disk, ascending. */
export async function listGenerations(files: Files): Promise<readonly number[]> {
  const entries = await files.list(paths.generations);
  return entries
    .filter((entry) => entry.kind === 'directory' && /^[1-9]\d*$/.test(entry.name))
    .map((entry) => Number(entry.name))
    .toSorted((a, b) => a - b);
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
