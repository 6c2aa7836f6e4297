import type { FlowContext } from './context.ts';

/** How long a command waits for another one: a change takes seconds, its waiting for health is outside the lock. */
const patienceMs = 10 * 60_000;

/**
 * Runs the work while holding the lock of the host. Its signal also aborts when the lock is lost: whoever lost it
 * begins nothing more, and the swap would refuse.
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
    return await work({ ...context, signal: AbortSignal.any([context.signal, lease.lost]) });
  } finally {
    await lease.release();
  }
}
