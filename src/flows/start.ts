import { attempt, type Result } from '../errors/failure.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { endHoldTimers } from './hold.ts';
import type { LifecycleInput } from './inputs.ts';
import { changeLifecycle } from './lifecycle.ts';

/** Starts the named containers, on boot too, and ends their hold. A running one is not touched. */
export async function startContainers(
  context: FlowContext,
  input: LifecycleInput,
): Promise<Result<ChangeReport>> {
  const result = await changeLifecycle(context, input, {
    hold: () => null,
    wishes: (names) => ({ start: names }),
    runs: true,
  });
  if (!result.ok) return result;
  return attempt(async () => {
    await endHoldTimers(context, input.names);
    return result.value;
  });
}
