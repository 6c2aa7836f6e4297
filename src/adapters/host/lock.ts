import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { AcquireOptions, Lease, Lock, LockHolder } from '../../ports/lock.ts';
import { interruptedFailure, lockedFailure, lostFailure, refusedFailure } from './lock-failures.ts';
import { readHolder, writeHolder } from './lock-holder.ts';
import { hostLockName } from './lock-names.ts';
import type { LockProcess } from './lock-process.ts';
import { watchLockProcess } from './lock-process.ts';
import { lockCommand } from './lock-script.ts';

/** How often the lock file may be replaced under us before that is a failure. */
const attempts = 3;

export interface LockParts {
  readonly path: string;
  /** What it is called in failures; absent: the lock of this host. */
  readonly what?: string;
  /** Starts a command on the host: spawn here, or through ssh elsewhere. */
  readonly start: (command: readonly string[]) => ChildProcessWithoutNullStreams;
  /** A line is fed so often … */
  readonly heartbeatMs?: number;
  /** … and without one for so long the lock is free. */
  readonly graceMs?: number;
  /** A release is not waited for: it is on its way, and ahead of whatever is asked next over the same connection. */
  readonly isFar?: boolean;
}

/** The lock of a host: flock(1), held by a small shell that this process feeds (lock-script.ts). */
export function createLock({
  path,
  what = hostLockName,
  start,
  heartbeatMs = 2000,
  graceMs = 10_000,
  isFar = false,
}: LockParts): Lock {
  let leaving: Promise<void> = Promise.resolve();

  async function acquire(holder: LockHolder, options: AcquireOptions): Promise<Lease> {
    // Who comes back at once is not told that it waits for itself.
    await leaving;
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (options.signal?.aborted) throw interruptedFailure(what);
      const request = { path, holder: writeHolder(holder), waitMs: options.timeoutMs, graceMs };
      const process = watchLockProcess(start(lockCommand(request)), heartbeatMs);
      try {
        if (await held(process, { path, what }, options, graceMs)) {
          return leaseOf(process, what, () => {
            leaving = process.end(graceMs);
            return isFar ? Promise.resolve() : leaving;
          });
        }
      } catch (error) {
        await process.end(graceMs);
        throw error;
      }
      await process.end(graceMs);
    }
    throw refusedFailure(path, 0, 'it is replaced again and again');
  }
  return { acquire };
}

/** Whether the lock is ours; false when its file was replaced meanwhile. Throws why it will not be. */
function held(
  process: LockProcess,
  { path, what }: { readonly path: string; readonly what: string },
  options: AcquireOptions,
  graceMs: number,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let refusedTo = 0;
    const settle = (outcome: () => void): void => {
      clearTimeout(silent);
      options.signal?.removeEventListener('abort', interrupted);
      outcome();
    };
    const interrupted = (): void => settle(() => reject(interruptedFailure(what)));
    options.signal?.addEventListener('abort', interrupted, { once: true });
    // flock -w keeps the time; this is for a host that does not answer at all.
    const silent = setTimeout(
      () => settle(() => reject(lockedFailure(null, options.timeoutMs, what))),
      options.timeoutMs + graceMs,
    );
    process.onWord((word, rest) => {
      switch (word) {
        case 'waiting':
          options.onWaiting?.(readHolder(rest));
          return;
        case 'held':
          settle(() => resolve(true));
          return;
        case 'moved':
          settle(() => resolve(false));
          return;
        case 'busy':
          settle(() => reject(lockedFailure(readHolder(rest), options.timeoutMs, what)));
          return;
        case 'refused':
          // The reason comes on another pipe: it is complete when the process has ended.
          refusedTo = Number(rest);
          return;
        case 'ended':
          settle(() => reject(refusedFailure(path, refusedTo, process.reason())));
          return;
      }
    });
  });
}

function leaseOf(process: LockProcess, what: string, end: () => Promise<void>): Lease {
  const lost = new AbortController();
  let released: Promise<void> | null = null;
  process.onWord((word) => {
    if (word === 'ended' && released === null) lost.abort(lostFailure(what));
  });
  return {
    lost: lost.signal,
    release: () => (released ??= end()),
  };
}
