import { FailureError } from '../errors/failure.ts';
import { type Manifest, manifestSchema } from '../core/model/manifest.ts';
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
  const manifest = parsed(text, path);
  last = { path, text, manifest };
  return manifest;
}

function parsed(text: string, path: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : 'not JSON');
  }
  if (!isRecord(value) || typeof value.schema !== 'number') throw invalid(path, 'it has no schema number');
  if (value.schema > manifestSchema) {
    throw new FailureError({
      code: 'MANIFEST_NEWER',
      message: `${path} has schema ${String(value.schema)}; this gear knows up to ${String(manifestSchema)}`,
      next: 'use the newer gear on this host',
      place: { source: path },
    });
  }
  if (typeof value.generation !== 'number' || !Array.isArray(value.instances) || !isRecord(value.units)) {
    throw invalid(path, 'fields are missing');
  }
  return value as unknown as Manifest;
}

function invalid(path: string, why: string): FailureError {
  return new FailureError({
    code: 'MANIFEST_INVALID',
    message: `${path} cannot be read: ${why}`,
    next: 'gear doctor shows which generations are whole; containers go on running meanwhile',
    place: { source: path },
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
