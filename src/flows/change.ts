import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { execute, type Outcome } from '../apply/execute.ts';
import type { ChangeReport } from '../report/values.ts';
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
        await takeBack(inner, planned, outcome, deadlineMs);
      }
      return { planned, outcome, waits };
    });
    stopIfInterrupted(context, first.outcome);
    if (first.waits) await awaitReadiness(context, first.planned, deadlineMs);
    return reportChange(first.planned, change.names);
  });
}

async function awaitReadiness(context: FlowContext, planned: Planned, deadlineMs: number): Promise<void> {
  const { emit, onEffect } = context;
  const ready = planned.plan.operations.filter((each) => each.stage === 'ready');
  for (const { subject } of ready) emit({ type: 'waiting', for: 'ready', subject });
  const outcome = await execute({ tools: planned.tools, emit, onEffect }, ready);
  stopIfInterrupted(context, outcome);
  await locked(context, async (inner) => {
    if (outcome.failed.length > 0) {
      await takeBack(inner, planned, outcome, deadlineMs);
      return;
    }
    await finish(inner, planned.tools.wait, deadlineMs);
  });
}

function stopIfInterrupted(context: FlowContext, outcome: Outcome): void {
  if (!outcome.interrupted && !context.signal.aborted) return;
  throw new FailureError({
    code: 'INTERRUPTED',
    message: 'interrupted: what was declared stands, what was begun is not finished',
    next: 'run the same command again: it finishes the work',
  });
}
