import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';
import type { WaitOptions } from './inputs.ts';
import { restartContainers } from './restart.ts';

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
    const restarted = await restartContainers(context, { names: [name], ...options, wait: false });
    if (!restarted.ok) throw new FailureError(...restarted.failures);
    return true;
  });
}
