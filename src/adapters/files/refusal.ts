import { getSystemErrorMap } from 'node:util';
import type { Failure } from '../../errors/failure.ts';
import { FailureError } from '../../errors/failure.ts';

/** The errno word of an error of the operating system, e.g. ENOENT; null for any other throw. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Nothing is there: the path, or one of its folders, does not exist. */
export function isAbsent(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'ENOENT' || errno === 'ENOTDIR';
}

/** What the operating system refused, as DISK_FULL, NOT_ROOT or FILE_FAILED. Throws any other error on: it is a bug. */
export function refusal(error: unknown, verb: string, path: string, uid = process.geteuid?.()): FailureError {
  if (error instanceof FailureError) return error;
  const errno = errnoOf(error);
  if (errno === null) throw error;
  const message = `cannot ${verb} ${path}: ${explain(error, errno)} (${errno})`;
  return new FailureError({ ...judge(errno, path, uid !== 0), message, subject: path });
}

function judge(errno: string, path: string, unprivileged: boolean): Pick<Failure, 'code' | 'next'> {
  switch (errno) {
    case 'ENOSPC':
      return {
        code: 'DISK_FULL',
        next: `free space, or inodes, on the file system of ${path} (df -h and df -i show it), then run the command again`,
      };
    case 'EDQUOT':
      return {
        code: 'DISK_FULL',
        next: `raise the quota on the file system of ${path}, or free space in it`,
      };
    case 'EACCES':
    case 'EPERM':
      return unprivileged
        ? { code: 'NOT_ROOT', next: 'run the command as root, for example with sudo' }
        : {
            code: 'FILE_FAILED',
            next: `look for what forbids it to root: lsattr ${path}, a security module's log`,
          };
    case 'EROFS':
      return { code: 'FILE_FAILED', next: `mount the file system of ${path} writable` };
    case 'EIO':
      return {
        code: 'FILE_FAILED',
        next: 'look for a failing disk in the log of the kernel: journalctl -k -n 20',
      };
    default:
      return { code: 'FILE_FAILED', next: `see what is there: ls -la ${path}` };
  }
}

/** The system's own words for an error number. */
function explain(error: unknown, errno: string): string {
  const number = error instanceof Error && 'errno' in error ? Number(error.errno) : 0;
  return getSystemErrorMap().get(number)?.[1] ?? errno;
}
