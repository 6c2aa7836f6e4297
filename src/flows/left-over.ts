import type { Outcome } from '../apply/execute.ts';
import type { Operation, Stage } from '../core/plan/operation.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { toldOnce } from './told-once.ts';

/** What became of a plan, with what could not be removed apart from what failed. */
export interface Carried extends Outcome {
  /** What the command asked to be gone, or what its host broke off. */
  readonly leftOver: readonly Failure[];
}

/** What is in the way of one removal; any other failure, as of the host or the lock, is the command's own. */
const ofRemains: readonly ErrorCode[] = ['ENGINE_FAILED', 'FILE_FAILED'];

/** When these begin, what is wanted runs. */
const cleaning: readonly Stage[] = ['clean', 'erase'];

/** Whether it only removes what nothing needs any more: the next change does, where it is not done. */
export function isCleaning({ stage }: Operation): boolean {
  return cleaning.includes(stage);
}

/**
 * Tells what could not be removed apart: a change whose remains are busy has come to be all the same, and going back would
 * end what serves. What the command asked to be gone is a failure of it; what else is in the way is a warning.
 */
export function withoutLeftOver(
  { emit }: Pick<FlowContext, 'emit'>,
  change: Meant,
  outcome: Outcome,
): Carried {
  const leftOver: Failure[] = [];
  for (const { operation, failures } of outcome.failed.filter((each) => isCleaning(each.operation))) {
    for (const failure of failures) {
      if (!ofRemains.includes(failure.code)) leftOver.push(failure);
      else if (wasAsked(change, operation)) leftOver.push(asLeft(failure));
      else emit({ type: 'warning', subject: operation.subject, message: warningOf(failure) });
    }
  }
  return {
    ...outcome,
    failed: outcome.failed.filter((each) => !isCleaning(each.operation)),
    leftOver: toldOnce(leftOver),
  };
}

/** The instances that a change names, and all that it desires. */
interface Meant {
  readonly touched: ReadonlySet<string>;
  readonly desired: ReadonlyMap<string, unknown>;
}

function wasAsked({ touched, desired }: Meant, operation: Operation): boolean {
  if (operation.kind === 'volume.remove') return true;
  if (!('instance' in operation)) return false;
  return touched.has(operation.instance) && !desired.has(operation.instance);
}

function asLeft(failure: Failure): Failure {
  return { ...failure, message: `all else is done, but something is left: ${failure.message}` };
}

function warningOf({ message }: Failure): string {
  return `is not needed any more and could not be removed: ${message}; the next change tries again`;
}
