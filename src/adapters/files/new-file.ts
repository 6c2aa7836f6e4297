import {
  closeSync,
  constants,
  fchmodSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import type { NewFile } from '../../ports/files.ts';
import { errnoOf } from './refusal.ts';
import { syncDescriptor } from './sync.ts';

const permissionBits = 0o7777;
/** open(2): a file that was not there, and no link to another. */
export const createNew = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Another file system, too many links, a file system without links: link(2). The content is copied instead. */
const linkRefusals = new Set(['EXDEV', 'EMLINK', 'EPERM', 'EOPNOTSUPP']);

/** Writes and syncs a file that must not exist. Never readable by more than `mode` says, not even for a moment. */
export async function createFile(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const descriptor = openSync(path, createNew, 0o600);
  try {
    fchmodSync(descriptor, mode & permissionBits);
    writeFileSync(descriptor, content);
    await syncDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts a file to its place as a hard link to `sameAs`, when that is a plain file of the same mode; false when it must
 * be written instead. Not synced: whoever wrote the file did. Synchronous, because a thousand of these through the
 * thread pool take four times as long.
 */
export function linkFile(path: string, file: NewFile): boolean {
  if (file.sameAs === undefined) return false;
  const found = lstatSync(file.sameAs, { throwIfNoEntry: false });
  // A link shares the mode with its source: another mode needs a file of its own.
  if (!found?.isFile() || (found.mode & permissionBits) !== (file.mode & permissionBits)) return false;
  try {
    linkSync(file.sameAs, path);
    return true;
  } catch (error) {
    if (linkRefusals.has(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

/** The content that was given, or else a copy of `sameAs`. */
export function contentOf(file: NewFile): string | Uint8Array {
  if (file.content !== undefined) return file.content;
  if (file.sameAs !== undefined) return readFileSync(file.sameAs);
  throw new TypeError(`Neither content nor sameAs for ${file.path}`);
}
