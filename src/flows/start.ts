import type { Result } from '../errors/failure.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import type { LifecycleInput } from './inputs.ts';
import { changeLifecycle } from './lifecycle.ts';

/** Starts the named containers, on boot too, and ends their hold. A running one is not touched. */
export function startContainers(context: FlowContext, input: LifecycleInput): Promise<Result<ChangeReport>> {
  return changeLifecycle(context, input, {
    hold: () => null,
    wishes: (names) => ({ start: names }),
    runs: true,
  });
}
