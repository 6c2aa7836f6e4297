import { noWishes } from '../core/plan/wishes.ts';
import type { Outcome } from '../apply/execute.ts';
import type { FlowContext } from './context.ts';
import { carryOut, type Change, planChange } from './planning.ts';

/** Brings the host to what is declared now: nothing where it is, the rest of an interrupted or waiting change where it is not. */
export async function finish(context: FlowContext, wait: boolean, deadlineMs: number): Promise<Outcome> {
  const asDeclared: Change = {
    names: [],
    engines: [],
    wait,
    timeoutMs: 0,
    checked: false,
    desire: (observed) =>
      Promise.resolve({
        desired: observed.manifest?.instances ?? [],
        environments: new Map(),
        wishes: noWishes,
      }),
  };
  const planned = await planChange(context, asDeclared, deadlineMs);
  return carryOut(context, planned, 'erase');
}
