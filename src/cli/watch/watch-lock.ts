import { FailureError } from '../../errors/failure.ts';
import type { FlowContext } from '../../flows/context.ts';
import type { Lease, LockHolder } from '../../ports/lock.ts';
import { watchLock } from './context.ts';

/** The lock of the one `gear watch` of this host, or who has it. Whatever else keeps from it is a FailureError. */
export async function takeWatchLock(
  context: FlowContext,
): Promise<{ readonly lease: Lease } | { readonly holder: LockHolder }> {
  const { command, by, pid, clock, signal } = context;
  const others: LockHolder[] = [];
  const onWaiting = (holder: LockHolder | null): void => {
    if (holder !== null) others.push(holder);
  };
  try {
    const holder = { command, by, pid, sinceMs: clock.nowMs() };
    return { lease: await watchLock().acquire(holder, { timeoutMs: 0, signal, onWaiting }) };
  } catch (error) {
    const [holder] = others;
    if (holder === undefined || !(error instanceof FailureError)) throw error;
    return { holder };
  }
}
