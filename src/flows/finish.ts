import { type Failure, FailureError } from '../errors/failure.ts';
import { noWishes, type Wishes } from '../core/plan/wishes.ts';
import type { FlowContext } from './context.ts';
import { carryOut, type Change, planChange } from './planning.ts';
import { stopIfInterrupted } from './stop-if-interrupted.ts';

/**
 * Brings the host to what is declared now: nothing where it is, the rest of an interrupted or waiting change where it is
 * not, with the volumes that this was to delete. Returns what could not be removed of what was asked to go. FailureError with what failed, INTERRUPTED.
 */
export async function finish(
  context: FlowContext,
  { wait, touched, eraseVolumes }: Pick<Wishes, 'touched' | 'eraseVolumes'> & { readonly wait: boolean },
  deadlineMs: number,
): Promise<readonly Failure[]> {
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
        wishes: { ...noWishes, eraseVolumes },
      }),
  };
  const planned = await planChange(context, asDeclared, deadlineMs);
  const { failed, leftOver, ...outcome } = await carryOut(context, planned, 'erase', touched);
  stopIfInterrupted(context, { failed, ...outcome });
  if (failed.length > 0) throw new FailureError(...failed.flatMap((each) => each.failures));
  return leftOver;
}
