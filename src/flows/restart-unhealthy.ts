import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { isUnhealthy } from '../core/plan/is-unhealthy.ts';
import { declaredBefore } from '../core/plan/known.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';
import type { WaitOptions } from './inputs.ts';
import { changeLifecycle } from './lifecycle.ts';

/**
 * Restarts a container whose check fails now, and says whether it did: since that was heard, it may have recovered, or a
 * person may have stopped it, which a restart would undo.
 */
export async function restartUnhealthy(
  context: FlowContext,
  name: string,
  options: WaitOptions,
): Promise<Result<boolean>> {
  return attempt(async () => {
    const manifest = await readCurrentManifest(context.host.files);
    const instance = manifest?.instances.find((each) => each.name === name);
    if (instance === undefined || instance.hold !== null) return false;
    const containers = await (await context.host.engine(instance.engine)).owned();
    const own = containers.filter(({ labels }) => labels['gear.name'] === name);
    if (!own.some(({ running, unhealthy }) => running && unhealthy)) return false;
    let isDone = false;
    const input = { names: [name], ...options, wait: false };
    const restarted = await changeLifecycle(context, input, {
      hold: ({ hold }) => hold,
      // Once more, under the lock: until then a person may have stopped it, or held it.
      wishes: (names, observed) => {
        isDone = declaredBefore(observed, name)?.hold === null && isUnhealthy(observed, name);
        return isDone ? { start: names, restart: names } : { touched: new Set() };
      },
      runs: true,
    });
    if (!restarted.ok) throw new FailureError(...restarted.failures);
    return isDone;
  });
}
