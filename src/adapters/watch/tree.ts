import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { errnoOf } from '../files/refusal.ts';
import { exactly, signatureOf } from '../files/signature.ts';

/** Folders below these hold no descriptors, and may hold very much. */
const ignoredNames: readonly string[] = ['.git', 'node_modules'];
const mostDepth = 4;

/** Whether nothing of this name, and below it, is listened to. */
export function isIgnored(file: string): boolean {
  return ignoredNames.includes(path.basename(file));
}

/**
 * Which folders there are, as text that changes when one of them is another one by now: made, gone, or replaced by
 * another of the same name, as a rename or a symlink does.
 */
export function identityOf(folder: string): string {
  return [...identities(folder, mostDepth)].join('\n');
}

function* identities(folder: string, depth: number): Generator<string> {
  const own = identity(folder);
  yield `${folder} ${own ?? 'absent'}`;
  if (own === null || depth === 0) return;
  for (const name of subfolders(folder)) yield* identities(path.join(folder, name), depth - 1);
}

/** With the time that it was made: a file system gives the number of a deleted folder to the next one. */
function identity(folder: string): string | null {
  return orNull(() => {
    const { dev, ino, birthtimeNs } = statSync(folder, { bigint: true });
    return `${realpathSync(folder)} ${String(dev)}:${String(ino)}:${String(birthtimeNs)}`;
  });
}

function subfolders(folder: string): readonly string[] {
  const entries = orNull(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries
    .filter((entry) => !isIgnored(entry.name))
    .filter(
      (entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(path.join(folder, entry.name))),
    )
    .map(({ name }) => name)
    .toSorted();
}

function isFolder(file: string): boolean {
  return orNull(() => statSync(file).isDirectory()) ?? false;
}

/** What a file looks like. */
export interface Sighting {
  /** Tells that it is not the one it was: content, owner or place changed. `-` for one that is not there. */
  readonly signature: string;
  /** Where a symbolic link leads to in the end; null for anything else. */
  readonly target: string | null;
}

/** Looks at a file, without reading it. */
export function sightingOf(file: string): Sighting {
  const own = orNull(() => lstatSync(file, { ...exactly, throwIfNoEntry: false }));
  if (own === null || own === undefined) return absent;
  if (!own.isSymbolicLink()) return { signature: signatureOf(own), target: null };
  const led = orNull(() => ({ signature: signatureOf(statSync(file, exactly)), target: realpathSync(file) }));
  return led ?? absent;
}

const absent: Sighting = { signature: '-', target: null };

function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}
