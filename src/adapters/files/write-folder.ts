import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { FailureError } from '../../errors/failure.ts';
import type { NewFile } from '../../ports/files.ts';
import { makeFolder } from './make-folder.ts';
import { contentOf, createFile, linkFile } from './new-file.ts';
import { syncFolder } from './sync.ts';

/** So many at a time: enough to share the journal commits of a disk, few enough for any limit of open files. */
const concurrency = 32;

/**
 * Writes `<path>.tmp`, makes all of it durable, and renames it: whatever happens, `path` is whole or absent. What was
 * half written is removed when it fails; after a crash the next write of this folder removes it.
 */
export async function writeFolderAt(path: string, files: readonly NewFile[]): Promise<void> {
  if (isPresent(path)) throw taken(path);
  const temporary = `${path}.tmp`;
  await makeFolder(dirname(path));
  rmSync(temporary, { recursive: true, force: true });
  try {
    await fill(temporary, files);
    renameSync(temporary, path);
  } catch (error) {
    await removeLeftover(temporary);
    throw error;
  }
  await syncFolder(dirname(path));
}

async function fill(folder: string, files: readonly NewFile[]): Promise<void> {
  const folders = foldersOf(files).map((name) => join(folder, name));
  for (const path of folders) {
    mkdirSync(path);
    chmodSync(path, 0o755);
  }
  const written = files.filter((file) => !linkFile(join(folder, file.path), file));
  for (let from = 0; from < written.length; from += concurrency) {
    const batch = written.slice(from, from + concurrency).map(async (file) => {
      await createFile(join(folder, file.path), contentOf(file), file.mode);
    });
    // All of them end before one failure is told, so that nothing appears in a folder that is being removed.
    const failed = (await Promise.allSettled(batch)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
  await Promise.all(folders.map(syncFolder));
}

/** Every folder that the files need, parents first; '.' is the folder itself. */
function foldersOf(files: readonly NewFile[]): string[] {
  const found = new Set(['.']);
  for (const { path } of files) {
    if (isAbsolute(path) || normalize(path).startsWith('..'))
      throw new TypeError(`Not below its folder: ${path}`);
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) found.add(parent);
  }
  return [...found].sort();
}

/** Best effort: the failure that led here is the one to tell, and the next write tries again. */
async function removeLeftover(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

function isPresent(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function taken(path: string): FailureError {
  return new FailureError({
    code: 'FILE_FAILED',
    message: `cannot write the folder ${path}: it exists already (EEXIST)`,
    next: `see what is there: ls -la ${path}`,
    subject: path,
  });
}
