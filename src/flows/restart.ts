import type { Result } from '../errors/failure.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import type { LifecycleInput } from './inputs.ts';
import { changeLifecycle } from './lifecycle.ts';

/** Restarts the named containers; a stopped one is started. */
export function restartContainers(
  context: FlowContext,
  input: LifecycleInput,
): Promise<Result<ChangeReport>> {
  return changeLifecycle(context, input, {
    hold: () => null,
    wishes: (names) => ({ start: names, restart: names }),
    runs: true,
  });
}
