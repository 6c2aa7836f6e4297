import type { Result } from '../errors/failure.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import type { LifecycleInput } from './inputs.ts';
import { changeLifecycle } from './lifecycle.ts';

/** Stops the named containers and holds them: over reboots and later changes, until they are started. */
export function stopContainers(context: FlowContext, input: LifecycleInput): Promise<Result<ChangeReport>> {
  return changeLifecycle(context, input, {
    hold: (instance) => instance.hold ?? { by: context.by, atMs: context.clock.nowMs() },
    wishes: () => ({}),
    runs: false,
  });
}
