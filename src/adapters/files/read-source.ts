import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { SourceFile } from '../../core/descriptor/document.ts';
import { problemOf } from './problem.ts';

/**
 * A file that a person names: its bytes, or in words why there are none. Only ordinary files are read, so that a pipe
 * does not make gear wait, and no more than `mostBytes`. A thousand small files take a third of the time when they are
 * not handed to threads, and never more than one of them is open.
 */
export function readSource(path: string, mostBytes: number): SourceFile {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = fstatSync(file);
      if (status.isDirectory()) return { path, problem: 'is a folder' };
      if (!status.isFile()) return { path, problem: 'is no ordinary file' };
      if (status.size > mostBytes)
        return {
          path,
          problem: `has ${inMebibytes(status.size)}, and may have at most ${inMebibytes(mostBytes)}`,
          next: 'split it, or mount large contents from files of their own',
        };
      return { path, bytes: readFileSync(file) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { path, problem: problemOf(error) };
  }
}

function inMebibytes(bytes: number): string {
  return `${String(Math.round((bytes / 1_048_576) * 10) / 10)} MiB`;
}

/** The names in a folder, sorted; null where the path is no folder, or cannot be looked at. */
export async function listFolder(path: string): Promise<readonly string[] | null> {
  try {
    if (!(await stat(path)).isDirectory()) return null;
    return (await readdir(path)).toSorted();
  } catch (error) {
    problemOf(error);
    return null;
  }
}
