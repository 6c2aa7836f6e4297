import type { Failure } from '../errors/failure.ts';

/**
 * The folder that gear was called in, by name. Of one that was deleted it is the name that the shell still has: what
 * opens no file there need not fail for that.
 */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    if (folderGone(error as Error) === null) throw error;
    return process.env['PWD'] ?? '/';
  }
}

/** What Node throws for a relative path when the working folder was deleted, as a failure; null for any other error. */
export function folderGone(error: Error): Failure | null {
  // Of getcwd(2), which has no name for such a folder; libuv calls it so.
  if (!('syscall' in error && error.syscall === 'uv_cwd')) return null;
  return {
    code: 'FOLDER_GONE',
    message: 'the folder that gear was called in does not exist any more',
    next: 'go to one that exists, e.g. cd ~, or give paths that begin with /',
  };
}
