import { FailureError } from '../../errors/failure.ts';
import type { LockHolder } from '../../ports/lock.ts';
import { describeHolder } from './lock-holder.ts';
import { hostLockName } from './lock-names.ts';

/** Somebody else had the lock for all of the time. */
export function lockedFailure(
  holder: LockHolder | null,
  timeoutMs: number,
  what = hostLockName,
): FailureError {
  const who = holder === null ? 'another command, which left no name' : describeHolder(holder);
  const state = timeoutMs === 0 ? 'is not free' : `was not free within ${timeoutMs / 1000} s`;
  return new FailureError({
    code: 'LOCKED',
    message: `${what} ${state}: it is held by ${who}`,
    next:
      holder === null
        ? 'run the command again when it has ended'
        : `wait for it, or look at it: ps -fp ${holder.pid}`,
  });
}

/** The process that held the lock is gone: another gear may have it by now. */
export function lostFailure(what = hostLockName): FailureError {
  return new FailureError({
    code: 'LOCKED',
    message: `${what} was lost: the process that held it ended, or this command stood still too long`,
    next: 'run the command again: it starts from what the host is now',
  });
}

/** The lock file cannot be opened; `uid` is who tried, `reason` what the shell said. */
export function refusedFailure(path: string, uid: number, reason: string): FailureError {
  const message = `cannot open the lock ${path}: ${reason}`;
  if (uid !== 0) {
    return new FailureError({
      code: 'NOT_ROOT',
      message,
      next: 'run the command as root, for example with sudo',
      subject: path,
    });
  }
  return new FailureError({
    code: 'FILE_FAILED',
    message,
    next: `see what is there: ls -la ${path}`,
    subject: path,
  });
}

/** The wait for the lock was ended by the user. */
export function interruptedFailure(what = hostLockName): FailureError {
  return new FailureError({
    code: 'INTERRUPTED',
    message: `interrupted while waiting for ${what}; nothing was changed`,
    next: 'run the command again',
  });
}
