import { constants } from 'node:os';
import { FailureError } from '../../errors/failure.ts';
import { refusal } from '../files/refusal.ts';

/** The words of strerror(3) in the C locale, which the host's commands end their complaints with. */
const words: readonly (readonly [string, keyof typeof constants.errno])[] = [
  ['No such file or directory', 'ENOENT'],
  ['Not a directory', 'ENOTDIR'],
  ['No space left on device', 'ENOSPC'],
  ['Disk quota exceeded', 'EDQUOT'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['Read-only file system', 'EROFS'],
  ['Input/output error', 'EIO'],
  ['File exists', 'EEXIST'],
  ['Is a directory', 'EISDIR'],
  ['Directory not empty', 'ENOTEMPTY'],
  ['Invalid argument', 'EINVAL'],
  ['File name too long', 'ENAMETOOLONG'],
  ['Too many levels of symbolic links', 'ELOOP'],
];

/** The errno word that a complaint of a command tells; null when it tells none. */
export function errnoIn(complaint: string): string | null {
  return words.find(([says]) => complaint.includes(says))?.[1] ?? null;
}

/** What a host's command refused, in the same words as on this machine. */
export function remoteRefusal(complaint: string, verb: string, path: string, uid: number): FailureError {
  const errno = errnoIn(complaint);
  if (errno !== null) {
    const number = constants.errno[errno as keyof typeof constants.errno];
    const error = Object.assign(new Error(complaint), { code: errno, errno: -number, syscall: verb });
    return refusal(error, verb, path, uid);
  }
  return new FailureError({
    code: 'FILE_FAILED',
    message: `cannot ${verb} ${path}`,
    next: `see what is there: ls -la ${path}`,
    subject: path,
    ...(complaint === '' ? {} : { details: complaint.split('\n').slice(-4) }),
  });
}
