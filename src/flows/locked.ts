import { paths } from '../core/model/paths.ts';
import { attempt, FailureError } from '../errors/failure.ts';
import type { Lock, LockHolder } from '../ports/lock.ts';
import type { FlowContext } from './context.ts';

/** How long a command waits for another one: a change takes seconds, its waiting for health is outside the lock. */
const patienceMs = 10 * 60_000;
/** The same for one that sends the same: as long as a large image, or a volume, may take on a slow line. */
const sendPatienceMs = 2 * 3600_000;

/**
 * Runs the work while holding the lock of the host. Its signal also aborts when the lock is lost: whoever lost it
 * begins nothing more, and the swap would refuse. FailureError LOCKED then, in place of an interruption by the user.
 */
export function locked<T>(context: FlowContext, work: (context: FlowContext) => Promise<T>): Promise<T> {
  return holding(context, { lock: context.host.lock, timeoutMs: patienceMs }, work);
}

/** The same while nobody else sends the parcel of that name to the host. */
export function sendingAlone<T>(
  context: FlowContext,
  parcel: string,
  work: (context: FlowContext) => Promise<T>,
): Promise<T> {
  return holding(context, { lock: context.host.sendLock(parcel), timeoutMs: sendPatienceMs }, work);
}

/** The same while nobody else writes into the volume, which is told as ENGINE-NAME: so long as that may take. */
export function writingAlone<T>(
  context: FlowContext,
  volume: string,
  work: (context: FlowContext) => Promise<T>,
): Promise<T> {
  return holding(context, { lock: context.host.volumeLock(volume), timeoutMs: sendPatienceMs }, work);
}

/** Whether somebody sends the parcel of that name at this moment; who may not know that is told no. */
export async function isBeingSent(context: FlowContext, parcel: string): Promise<boolean> {
  const taken = await attempt(() => touch(context, context.host.sendLock(parcel)));
  return !taken.ok && taken.failures.some(({ code }) => code === 'LOCKED');
}

/** Does something with a parcel while nobody can send it; nothing where somebody does at this moment. */
export async function unlessSent(
  context: FlowContext,
  parcel: string,
  work: () => Promise<void>,
): Promise<void> {
  const taken = await attempt(() =>
    context.host.sendLock(parcel).acquire(holderOf(context), { timeoutMs: 0 }),
  );
  if (!taken.ok && taken.failures.some(({ code }) => code === 'LOCKED')) return;
  if (!taken.ok) throw new FailureError(...taken.failures);
  await work().finally(() => taken.value.release());
}

/**
 * FailureError LOCKED while somebody sends an image to the host or writes into a volume of it: whoever takes its lock away
 * would let the next one work on the same beside him.
 */
export async function refuseWhileSending(context: FlowContext): Promise<void> {
  const { host } = context;
  for (const { name } of await host.files.list(paths.sending)) await touch(context, host.sendLock(name));
  for (const { name } of await host.files.list(paths.restoring)) await touch(context, host.volumeLock(name));
}

/** Takes a lock that is free, and leaves it. */
async function touch(context: FlowContext, lock: Lock): Promise<void> {
  await (await lock.acquire(holderOf(context), { timeoutMs: 0 })).release();
}

async function holding<T>(
  context: FlowContext,
  { lock, timeoutMs }: { readonly lock: Lock; readonly timeoutMs: number },
  work: (context: FlowContext) => Promise<T>,
): Promise<T> {
  const lease = await lock.acquire(holderOf(context), {
    timeoutMs,
    signal: context.signal,
    onWaiting: (holder) => {
      context.emit({ type: 'waiting', for: 'lock', holder });
    },
  });
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

function holderOf({ command, by, pid, clock }: FlowContext): LockHolder {
  return { command, by, pid, sinceMs: clock.nowMs() };
}

function isInterruption(error: unknown): boolean {
  return error instanceof FailureError && error.failures.every(({ code }) => code === 'INTERRUPTED');
}
