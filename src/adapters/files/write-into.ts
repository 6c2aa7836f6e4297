import { closeSync, fchmodSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlainFile } from '../../ports/files.ts';
import { createNew } from './new-file.ts';
import { errnoOf } from './refusal.ts';

/**
 * Writes files into a folder: each is whole or as it was before, and none is synced. Synchronous, because thousands of
 * small files through the thread pool take several times as long.
 */
export function writeIntoFolder(folder: string, files: readonly PlainFile[]): void {
  for (const file of files) {
    if (file.path.includes('/')) throw new TypeError(`Not of its folder: ${file.path}`);
    const path = join(folder, file.path);
    const temporary = `${path}.tmp`;
    const handle = openNew(temporary);
    try {
      fchmodSync(handle, file.mode & 0o777);
      writeFileSync(handle, file.content);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  }
}

/** Opens a file of its own: what an earlier run left is removed, and a link is never followed. */
function openNew(path: string): number {
  try {
    return openSync(path, createNew, 0o600);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') mkdirSync(dirname(path), { recursive: true });
    else if (errnoOf(error) === 'EEXIST') rmSync(path, { force: true, recursive: true });
    else throw error;
    return openSync(path, createNew, 0o600);
  }
}
