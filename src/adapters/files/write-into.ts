import { chmodSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PlainFile } from '../../ports/files.ts';
import { errnoOf } from './refusal.ts';

/**
 * Writes files into a folder as they come: first into one of its own inside, from where they are renamed when all have
 * come, so that an iteration which throws leaves nothing. None is synced. Synchronous, because thousands of small files
 * through the thread pool take several times as long.
 */
export function writeIntoFolder(folder: string, files: Iterable<PlainFile>): void {
  // undefined when the folder was there, else the first of its parents that was not.
  const made = mkdirSync(folder, { recursive: true });
  const staged = `${folder}/.gear.tmp`;
  try {
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged);
    const names = writeStaged(staged, modeOf(staged), files);
    for (const name of names) renameSync(`${staged}/${name}`, `${folder}/${name}`);
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
  } catch (error) {
    // rmdir(2): both mean that there is something in it.
    if (['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) return;
    throw error;
  }
  if (folder !== last) removeEmpty(dirname(folder), last);
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o7777;
}

/** The names of the files. A folder made without asking for a mode has the one that tells what the umask withholds. */
function writeStaged(staged: string, folderMode: number, files: Iterable<PlainFile>): readonly string[] {
  const names: string[] = [];
  for (const { path, mode, content } of files) {
    if (path.includes('/')) throw new TypeError(`Not of its folder: ${path}`);
    const place = `${staged}/${path}`;
    writeFileSync(place, content, { mode: mode & 0o777, flag: 'wx', encoding: 'utf8' });
    if ((mode & 0o777 & ~folderMode) !== 0) chmodSync(place, mode & 0o777);
    names.push(path);
  }
  return names;
}
