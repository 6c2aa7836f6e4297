import type { Outcome } from '../apply/execute.ts';
import { FailureError } from '../errors/failure.ts';
import { interrupted } from '../errors/interrupted.ts';
import type { FlowContext } from './context.ts';

/** FailureError INTERRUPTED when the walk did not come to its end. */
export function stopIfInterrupted(context: Pick<FlowContext, 'signal'>, outcome: Outcome): void {
  if (!outcome.interrupted && !context.signal.aborted) return;
  throw new FailureError(
    interrupted(
      'what was declared stands, what was begun is not finished',
      'run the same command again: it finishes the work',
    ),
  );
}
