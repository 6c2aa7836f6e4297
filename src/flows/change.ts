import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { execute, type Outcome } from '../apply/execute.ts';
import type { ChangeReport } from '../report/values.ts';
import { failedInstances } from './blame.ts';
import type { FlowContext } from './context.ts';
import { finish } from './finish.ts';
import { locked } from './locked.ts';
import { carryOut, type Change, planChange, type Planned } from './planning.ts';
import { preflight } from './preflight.ts';
import { reportChange } from './report-change.ts';
import { takeBack } from './take-back.ts';

/**
 * The one way a host is changed: observe, plan, act under the lock; wait for readiness outside it; clean up, or take
 * back what failed. An interruption anywhere leaves the old declared set or the new one, and the next change finishes.
 */
export async function changeHost(context: FlowContext, change: Change): Promise<Result<ChangeReport>> {
  return attempt(async () => {
    await preflight(context);
    const deadlineMs = context.clock.nowMs() + change.timeoutMs;
    const first = await locked(context, async (inner) => {
      const planned = await planChange(inner, change, deadlineMs);
      const waits = change.wait && planned.plan.operations.some((each) => each.stage === 'ready');
      const outcome = await carryOut(inner, planned, waits || !change.wait ? 'act' : 'erase');
      if (outcome.failed.length > 0 && !outcome.interrupted) {
        await failWith(inner, planned, outcome, deadlineMs);
      }
      return { planned, outcome, waits };
    });
    stopIfInterrupted(context, first.outcome);
    if (first.waits) {
      const outcome = await awaitReady(context, first.planned, () => true);
      await locked(context, async (inner) => {
        if (outcome.failed.length > 0) await failWith(inner, first.planned, outcome, deadlineMs);
        await finish(inner, first.planned.tools.wait, deadlineMs);
      });
    }
    return reportChange(first.planned, change.names);
  });
}

async function failWith(
  context: FlowContext,
  planned: Planned,
  outcome: Outcome,
  deadlineMs: number,
): Promise<never> {
  const names = failedInstances(planned, outcome);
  throw new FailureError(...(await takeBack(context, planned, outcome, names, deadlineMs)));
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

/** FailureError INTERRUPTED when the walk did not come to its end. */
export function stopIfInterrupted(context: FlowContext, outcome: Outcome): void {
  if (!outcome.interrupted && !context.signal.aborted) return;
  throw new FailureError({
    code: 'INTERRUPTED',
    message: 'interrupted: what was declared stands, what was begun is not finished',
    next: 'run the same command again: it finishes the work',
  });
}
