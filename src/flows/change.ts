import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { execute, type Outcome } from '../apply/execute.ts';
import type { ChangeReport } from '../report/values.ts';
import { failedInstances } from './blame.ts';
import type { FlowContext } from './context.ts';
import { finish } from './finish.ts';
import type { Carried } from './left-over.ts';
import { locked } from './locked.ts';
import { carryOut, type Change, planChange, planFrom, type Planned } from './planning.ts';
import { preflight } from './preflight.ts';
import { reportChange } from './report-change.ts';
import { observeFor } from './snapshot.ts';
import { stopIfInterrupted } from './stop-if-interrupted.ts';
import { takeBack } from './take-back.ts';

/** A change that knows what it desires only when something is found, such as an image. */
export interface PreparedChange extends Omit<Change, 'desire'> {
  /** Looks at what the host has, and changes nothing; null when something has to be fetched first. */
  readonly find: () => Promise<Change['desire'] | null>;
  /** Fetches it, which may take minutes; never null. */
  readonly fetch: () => Promise<Change['desire'] | null>;
}

/** What was done under the lock. */
interface Acted {
  readonly planned: Planned;
  readonly outcome: Carried;
  /** Whether its readiness is to be awaited. */
  readonly waits: boolean;
}

/**
 * The one way a host is changed: observe, plan, act under the lock; wait for readiness outside it; clean up, or take
 * back what failed. An interruption anywhere leaves the old declared set or the new one, and the next change finishes.
 */
export async function changeHost(context: FlowContext, change: Change): Promise<Result<ChangeReport>> {
  return carryThrough(context, change, (deadlineMs) =>
    locked(context, async (inner) => act(inner, await planChange(inner, change, deadlineMs), deadlineMs)),
  );
}

/**
 * As changeHost. It looks while the lock is taken and the host is observed, because a person waits for each of them;
 * what has to be fetched is fetched without the lock.
 */
export async function changePrepared(
  context: FlowContext,
  change: PreparedChange,
): Promise<Result<ChangeReport>> {
  return carryThrough(context, change, async (deadlineMs) => {
    const acted = await whileFinding(context, change.find, async (inner, finding) => {
      const [desire, snapshot] = await Promise.all([finding, observeFor(inner, change)]);
      if (desire === null) return null;
      return act(inner, await planFrom(inner, { ...change, desire }, snapshot, deadlineMs), deadlineMs);
    });
    if (acted !== null) return acted;
    const desire = await change.fetch();
    if (desire === null) throw new Error('nothing is left to be fetched');
    return locked(context, async (inner) => {
      return act(inner, await planChange(inner, { ...change, desire }, deadlineMs), deadlineMs);
    });
  });
}

/** Works under the lock, which is not waited for any longer once the finding has failed or come to nothing. */
export async function whileFinding<T, W>(
  context: FlowContext,
  find: () => Promise<T | null>,
  work: (context: FlowContext, finding: Promise<T | null>) => Promise<W | null>,
): Promise<W | null> {
  const needless = new AbortController();
  const finding = find().then(
    (found) => {
      if (found === null) needless.abort();
      return found;
    },
    (error: unknown) => {
      needless.abort();
      throw error;
    },
  );
  const signal = AbortSignal.any([context.signal, needless.signal]);
  const working = locked({ ...context, signal }, (inner) => work(inner, finding));
  // Both are awaited, so that neither is left running; the finding's own failure is the one to tell.
  const [found, worked] = await Promise.allSettled([finding, working]);
  if (found.status === 'rejected') throw found.reason;
  if (found.value === null && !context.signal.aborted) return null;
  if (worked.status === 'rejected') throw worked.reason;
  return worked.value;
}

async function carryThrough(
  context: FlowContext,
  { names, timeoutMs }: Pick<Change, 'names' | 'timeoutMs'>,
  begin: (deadlineMs: number) => Promise<Acted>,
): Promise<Result<ChangeReport>> {
  return attempt(async () => {
    await preflight(context);
    const deadlineMs = context.clock.passedMs() + timeoutMs;
    const first = await begin(deadlineMs);
    stopIfInterrupted(context, first.outcome);
    const left = [...first.outcome.leftOver];
    if (first.waits) {
      const outcome = await awaitReady(context, first.planned, () => true);
      await locked(context, async (inner) => {
        if (outcome.failed.length > 0) await failWith(inner, first.planned, outcome, deadlineMs);
        left.push(...(await finish(inner, wishesLeft(first.planned, new Map()), deadlineMs)));
      });
    }
    if (left.length > 0) throw new FailureError(...left);
    return reportChange(first.planned, names);
  });
}

async function act(context: FlowContext, planned: Planned, deadlineMs: number): Promise<Acted> {
  const { wait } = planned.tools;
  const waits = wait && planned.plan.operations.some((each) => each.stage === 'ready');
  const outcome = await carryOut(context, planned, waits || !wait ? 'act' : 'erase');
  if (outcome.failed.length > 0 && !outcome.interrupted) {
    await failWith(context, planned, outcome, deadlineMs);
  }
  return { planned, outcome, waits };
}

async function failWith(
  context: FlowContext,
  planned: Planned,
  outcome: Outcome,
  deadlineMs: number,
): Promise<never> {
  const failures = outcome.failed.flatMap((each) => each.failures);
  // Whoever was faster has the lock, and what is there now is theirs.
  if (failures.some(({ code }) => code === 'MOVED_ON')) throw new FailureError(...failures);
  const names = failedInstances(planned, outcome);
  throw new FailureError(...(await takeBack(context, planned, outcome, names, deadlineMs)));
}

/** What a change that waited still has to do beyond what it declared: volumes of an app that went back stay. */
export function wishesLeft(
  { tools, desire }: Planned,
  wentBack: ReadonlyMap<string, unknown>,
): Parameters<typeof finish>[1] {
  const eraseVolumes = desire.wishes.eraseVolumes.filter(
    ({ instance }) => !wentBack.has(instance.split('.')[0] ?? ''),
  );
  return { wait: tools.wait, touched: desire.wishes.touched, eraseVolumes };
}

/** Waits for the readiness of the instances that are meant. FailureError INTERRUPTED. */
export async function awaitReady(
  context: FlowContext,
  planned: Planned,
  isMeant: (instance: string) => boolean,
): Promise<Outcome> {
  const { emit, onEffect } = context;
  const ready = planned.plan.operations.filter(
    (each) => each.kind === 'ready.wait' && isMeant(each.instance),
  );
  for (const { subject } of ready) emit({ type: 'waiting', for: 'ready', subject });
  const outcome = await execute({ tools: planned.tools, emit, onEffect }, ready);
  stopIfInterrupted(context, outcome);
  return outcome;
}
