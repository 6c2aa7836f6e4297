import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FailureError } from '../../errors/failure.ts';
import type { DirectoryEntry, Files } from '../../ports/files.ts';
import { makeFolder } from './make-folder.ts';
import { createFile } from './new-file.ts';
import { errnoOf, isAbsent, refusal } from './refusal.ts';
import { exactly, signatureOf } from './signature.ts';
import { createFolderSync } from './sync.ts';
import { writeFolderAt } from './write-folder.ts';
import { writeIntoFolder } from './write-into.ts';

/**
 * The files of this machine. `exists` follows links, as test -e does. A path that one writes at a time: the temporary
 * beside it has a fixed name, so that the next write after a crash replaces it; gear writes under its lock.
 */
export function createLocalFiles(): Files {
  const syncShared = createFolderSync();

  async function replace(
    path: string,
    make: (temporary: string) => void | Promise<void>,
    folderMode?: number,
  ): Promise<void> {
    const temporary = `${path}.tmp`;
    await makeFolder(dirname(path), folderMode);
    rmSync(temporary, { recursive: true, force: true });
    try {
      await make(temporary);
      renameSync(temporary, path);
    } catch (error) {
      // Best effort: the failure that led here is the one to tell, and the next write tries again.
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncShared(dirname(path));
  }

  return {
    read: (path) => guard('read', path, () => orWhenAbsent(null, () => readFileSync(path))),
    list: (path) => guard('list', path, () => orWhenAbsent([], () => listFolder(path))),
    readLink: (path) => guard('read', path, () => orWhenAbsent(null, () => targetOf(path))),
    exists: (path) => guard('look at', path, () => orWhenAbsent(false, () => Boolean(statSync(path)))),
    signature: (path) =>
      guard('look at', path, () => orWhenAbsent(null, () => signatureOf(lstatSync(path, exactly)))),
    writeFolder: (path, files) => guard('write', path, () => writeFolderAt(path, files)),
    writeInto: (path, files) => guard('write', path, () => writeIntoFolder(path, files)),
    write: (path, content, mode, folderMode) =>
      guard('write', path, () =>
        replace(path, (temporary) => createFile(temporary, content, mode), folderMode),
      ),
    receive: (path, gzipped, digest, signal) =>
      guard('write', path, async () =>
        (await import('./receive.ts')).receiveFile({ path, gzipped, digest, signal }),
      ),
    link: (path, target) =>
      guard('link', path, async () => {
        refuseToReplace(path);
        await replace(path, (temporary) => symlinkSync(target, temporary));
      }),
    remove: (path) =>
      guard('remove', path, () =>
        orWhenAbsent(undefined, async () => {
          unlinkSync(path);
          await syncShared(dirname(path));
        }),
      ),
    removeFolder: (path) =>
      guard('remove', path, async () => {
        const doomed = await setAside(path);
        await rm(doomed, { recursive: true, force: true });
        await orWhenAbsent(undefined, () => syncShared(dirname(path)));
      }),
    freeBytes: (path) => guard('look at', path, () => freeBytesAt(path)),
  };
}

/** Runs the work and says what the operating system refused in gear's words. */
async function guard<T>(verb: string, path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusal(error, verb, path);
  }
}

async function orWhenAbsent<T>(value: T, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAbsent(error)) return value;
    throw error;
  }
}

function listFolder(path: string): DirectoryEntry[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const described = entries.map((entry): DirectoryEntry | null => {
    if (entry.isFile()) return { name: entry.name, kind: 'file' };
    if (entry.isDirectory()) return { name: entry.name, kind: 'directory' };
    if (!entry.isSymbolicLink()) return { name: entry.name, kind: 'other' };
    const target = targetIfThere(join(path, entry.name));
    return target === null ? null : { name: entry.name, kind: 'symlink', target };
  });
  const found = described.filter((entry) => entry !== null);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Null for a link that went while its folder was read. */
function targetIfThere(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function targetOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    // readlink(2): EINVAL is "not a symbolic link".
    if (errnoOf(error) === 'EINVAL') return null;
    throw error;
  }
}

/** Only a link is replaced by a link: a file or folder there is somebody's data. */
function refuseToReplace(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return;
  throw new FailureError({
    code: 'FILE_FAILED',
    message: `cannot link ${path}: something that is not a link is there (EEXIST)`,
    next: `see what is there: ls -la ${path}`,
    subject: path,
  });
}

/** Renames a folder to its temporary name before it is emptied: a crash never leaves half of it under its own name. */
async function setAside(path: string): Promise<string> {
  if (path.endsWith('.tmp')) return path;
  const temporary = `${path}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await orWhenAbsent(undefined, () => renameSync(path, temporary));
  return temporary;
}

async function freeBytesAt(path: string): Promise<number> {
  try {
    const system = await statfs(path);
    return system.bfree * system.bsize;
  } catch (error) {
    if (isAbsent(error) && dirname(path) !== path) return freeBytesAt(dirname(path));
    throw error;
  }
}
