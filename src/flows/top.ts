import { attempt, type Result } from '../errors/failure.ts';
import type { Timers } from '../ports/clock.ts';
import type { TopRow } from '../report/values-of-use.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';
import { TopSampler } from './top-sampler.ts';

/** `gear top`. */
export interface TopInput {
  /** None: all. */
  readonly names: readonly string[];
  readonly intervalMs: number;
  readonly timers: Timers;
  /** Shown every look until the signal aborts; absent: one look, and its rows are the value. */
  readonly show?: (rows: readonly TopRow[]) => void;
}

/** How much the containers use, between two looks. */
export async function top(
  context: FlowContext,
  { names, intervalMs, timers, show }: TopInput,
): Promise<Result<readonly TopRow[]>> {
  return attempt(async () => {
    const { instances } = await namedInstances(context, names);
    const sampler = new TopSampler(context, timers, instances);
    let rows = await sampler.look();
    do {
      show?.(rows);
      await pause(timers, intervalMs, context.signal);
      rows = await sampler.look();
    } while (show !== undefined && !context.signal.aborted);
    return rows;
  });
}

function pause(timers: Timers, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const takeBack = timers.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = (): void => {
      takeBack();
      resolve();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
