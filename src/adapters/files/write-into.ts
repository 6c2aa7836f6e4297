import {
  closeSync,
  fchmodSync,
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
 * Writes files into a folder as they come: first into one of its own inside, from where they are renamed when all have
 * come, so that an iteration which throws leaves nothing. None is synced. Synchronous, because thousands of small files
 * through the thread pool take several times as long.
 */
export function writeIntoFolder(folder: string, files: Iterable<PlainFile>): void {
  // undefined when the folder was there, else the first of its parents that was not.
  const made = mkdirSync(folder, { recursive: true });
  const staged = join(folder, '.gear.tmp');
  try {
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged, { mode: 0o700 });
    const names: string[] = [];
    for (const file of files) {
      writeStaged(staged, file);
      names.push(file.path);
    }
    for (const name of names) renameSync(join(staged, name), join(folder, name));
    rmdirSync(staged);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    if (made !== undefined) removeEmpty(resolve(folder), resolve(made));
    throw error;
  }
}

/** Removes a folder and its parents up to the `last`; what somebody else has put there meanwhile stays. */
function removeEmpty(folder: string, last: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not empty, or gone: the failure that led here is the one to tell.
    return;
  }
  if (folder !== last) removeEmpty(dirname(folder), last);
}

function writeStaged(staged: string, { path, mode, content }: PlainFile): void {
  if (path.includes('/')) throw new TypeError(`Not of its folder: ${path}`);
  const handle = openSync(join(staged, path), createNew, 0o600);
  try {
    fchmodSync(handle, mode & 0o777);
    writeFileSync(handle, content);
  } finally {
    closeSync(handle);
  }
}
