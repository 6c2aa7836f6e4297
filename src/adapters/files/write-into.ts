import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { PlainFile } from '../../ports/files.ts';

/**
 * Writes files into a folder as they come, and to their places when all have come, so that an iteration which throws
 * leaves nothing. None is synced. Synchronous, because thousands of small files through the thread pool take several
 * times as long.
 */
export function writeIntoFolder(folder: string, files: Iterable<PlainFile>): void {
  // undefined when the folder was there, else the first of its parents that was not.
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) writeInside(folder, files);
  else writeBeside(folder, made, files);
}

/** Into a folder of its own inside, from where each file is renamed. */
function writeInside(folder: string, files: Iterable<PlainFile>): void {
  const staged = `${folder}/.gear.tmp`;
  rmSync(staged, { recursive: true, force: true });
  try {
    mkdirSync(staged);
    const names = writeStaged(staged, modeOf(staged), files);
    for (const name of names) renameSync(`${staged}/${name}`, `${folder}/${name}`);
    rmdirSync(staged);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw error;
  }
}

/** Into a new folder beside an empty one, which it then replaces: one rename for all files. */
function writeBeside(folder: string, made: string, files: Iterable<PlainFile>): void {
  // Of a name that nothing has: a fixed one could be a person's own.
  const staged = mkdtempSync(`${folder}.`);
  try {
    const mode = modeOf(folder);
    writeStaged(staged, mode, files);
    chmodSync(staged, mode);
    renameSync(staged, folder);
  } catch (error) {
    for (const path of [staged, made]) rmSync(path, { recursive: true, force: true });
    throw error;
  }
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
