import { attempt, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { endHoldTimer, startHoldTimer } from './hold-timer.ts';
import type { LifecycleInput } from './inputs.ts';
import { changeLifecycle } from './lifecycle.ts';
import { givenInstances } from './names.ts';

/** `gear hold`. */
export interface HoldInput extends LifecycleInput {
  readonly forMs?: number;
  readonly reason?: string;
}

/**
 * Stops the named containers and holds them, with a reason, and for a time when one is given: then a timer of systemd's
 * ends the hold, with the gear of that host. It does not outlive a reboot, after which `status` tells that the time is over.
 */
export async function holdContainers(context: FlowContext, input: HoldInput): Promise<Result<ChangeReport>> {
  const atMs = context.clock.nowMs();
  const { forMs, reason } = input;
  const held: Instance[] = [];
  const result = await changeLifecycle(context, input, {
    hold: (instance) => {
      held.push(instance);
      return {
        by: context.by,
        atMs,
        ...(reason === undefined ? {} : { reason }),
        ...(forMs === undefined ? {} : { untilMs: atMs + forMs }),
      };
    },
    wishes: () => ({}),
    runs: false,
  });
  if (!result.ok) return result;
  return attempt(async () => {
    for (const { name } of held) {
      await endHoldTimer(context, name);
      if (forMs !== undefined) await startHoldTimer(context, name, forMs);
    }
    return result.value;
  });
}

/** Ends the timers of holds that are over before their time. */
export async function endHoldTimers(context: FlowContext, names: readonly string[]): Promise<void> {
  for (const { name } of await givenInstances(context, names)) await endHoldTimer(context, name);
}
