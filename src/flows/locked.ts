import { FailureError } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** How long a command waits for another one: a change takes seconds, its waiting for health is outside the lock. */
const patienceMs = 10 * 60_000;

/**
 * Runs the work while holding the lock of the host. Its signal also aborts when the lock is lost: whoever lost it
 * begins nothing more, and the swap would refuse. FailureError LOCKED then, in place of an interruption by the user.
 */
export async function locked<T>(
  context: FlowContext,
  work: (context: FlowContext) => Promise<T>,
): Promise<T> {
  const lease = await context.host.lock.acquire(
    { command: context.command, by: context.by, pid: context.pid, sinceMs: context.clock.nowMs() },
    {
      timeoutMs: patienceMs,
      signal: context.signal,
      onWaiting: (holder) => {
        context.emit({ type: 'waiting', for: 'lock', holder });
      },
    },
  );
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

function isInterruption(error: unknown): boolean {
  return error instanceof FailureError && error.failures.every(({ code }) => code === 'INTERRUPTED');
}
