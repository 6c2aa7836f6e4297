import {
  closeSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PlainFile } from '../../ports/files.ts';
import { createNew } from './new-file.ts';

/**
 * Writes files into a folder as they come: first into one of its own, which is renamed when all have come where there was
 * none, and else each of them into its place; so an iteration which throws leaves nothing. None is synced. Synchronous,
 * because thousands of small files through the thread pool take several times as long.
 */
export function writeIntoFolder(folder: string, files: Iterable<PlainFile>): void {
  const target = resolve(folder);
  const isNew = lstatSync(target, { throwIfNoEntry: false }) === undefined;
  // undefined when the folder was there, else the first of its parents that was not.
  const made = mkdirSync(isNew ? dirname(target) : target, { recursive: true });
  const staged = isNew ? `${target}.gear.tmp` : join(target, '.gear.tmp');
  try {
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged);
    const names: string[] = [];
    for (const file of files) {
      writeStaged(staged, file);
      names.push(file.path);
    }
    if (isNew) renameSync(staged, target);
    else moveInto(target, staged, names);
  } catch (error) {
    rmSync(made ?? staged, { recursive: true, force: true });
    throw error;
  }
}

function moveInto(folder: string, staged: string, names: readonly string[]): void {
  for (const name of names) renameSync(`${staged}/${name}`, `${folder}/${name}`);
  rmdirSync(staged);
}

function writeStaged(staged: string, { path, mode, content }: PlainFile): void {
  if (path.includes('/')) throw new TypeError(`Not of its folder: ${path}`);
  const handle = openSync(`${staged}/${path}`, createNew, 0o600);
  try {
    fchmodSync(handle, mode & 0o777);
    writeFileSync(handle, content);
  } finally {
    closeSync(handle);
  }
}
