import { FailureError } from '../errors/failure.ts';
import type { Lease, Lock, LockHolder } from '../ports/lock.ts';
import type { FlowContext } from './context.ts';

/** How long a command waits for another one: a change takes seconds, its waiting for health is outside the lock. */
const patienceMs = 10 * 60_000;
/** How long a command waits for another one that sends the same: as long as a large image may take on a slow line. */
const sendPatienceMs = 2 * 3600_000;

/**
 * Runs the work while holding the lock of the host. Its signal also aborts when the lock is lost: whoever lost it
 * begins nothing more, and the swap would refuse. FailureError LOCKED then, in place of an interruption by the user.
 */
export async function locked<T>(
  context: FlowContext,
  work: (context: FlowContext) => Promise<T>,
): Promise<T> {
  const lease = await acquire(context, context.host.lock, patienceMs);
  try {
    const value = await work({ ...context, signal: AbortSignal.any([context.signal, lease.lost]) });
    lease.lost.throwIfAborted();
    return value;
  } catch (error) {
    if (isInterruption(error)) lease.lost.throwIfAborted();
    throw error;
  } finally {
    await lease.release();
  }
}

/** Runs the work while nobody else sends what has that name to the host. FailureError LOCKED. */
export async function sendingAlone<T>(
  context: FlowContext,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const lease = await acquire(context, context.host.sendLock(name), sendPatienceMs);
  try {
    return await work();
  } finally {
    await lease.release();
  }
}

function acquire(context: FlowContext, lock: Lock, timeoutMs: number): Promise<Lease> {
  const { command, by, pid, clock, signal, emit } = context;
  const onWaiting = (holder: LockHolder | null): void => {
    emit({ type: 'waiting', for: 'lock', holder });
  };
  return lock.acquire({ command, by, pid, sinceMs: clock.nowMs() }, { timeoutMs, signal, onWaiting });
}

function isInterruption(error: unknown): boolean {
  return error instanceof FailureError && error.failures.every(({ code }) => code === 'INTERRUPTED');
}
