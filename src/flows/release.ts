import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { adoptedPath, parseAdopted } from '../core/model/adopted.ts';
import { formName } from '../core/model/container-name.ts';
import { unitName } from '../core/model/unit-names.ts';
import type { ReleaseReport } from '../report/values-of-adoption.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { letGoOfClient } from './let-go.ts';
import { preflight } from './preflight.ts';
import { removeContainers } from './remove.ts';
import { oneInstance } from './running-container.ts';

/**
 * Gives an adopted container back: with the name and the restart policy that it had, and the same process. Its unit and
 * what gear knows of it go. FailureError UNSUPPORTED when it has been made anew since: such a one is ejected.
 */
export async function releaseContainer(context: FlowContext, given: string): Promise<Result<ReleaseReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const instance = await oneInstance(context, given);
    const container = formName(instance);
    const path = adoptedPath(container);
    const record = parseAdopted(container, await context.host.files.read(path));
    if (record === null) {
      throw new FailureError({
        code: 'UNSUPPORTED',
        message: `${instance.name} runs in a container that gear made, so there is none to give back`,
        next: `leave it to systemd alone: gear eject ${instance.name}`,
        subject: instance.name,
      });
    }
    const { id, formerName, formerRestart, called = container } = record;
    const ask = (what: string, args: readonly string[]): Promise<string> =>
      askEngine(context, 'docker', what, args);
    if (called !== formerName) await ask(`rename ${called}`, ['rename', id, formerName]);
    await letGoOfClient(context, unitName(instance.name));
    await ask(`change the restart policy of ${formerName}`, ['update', `--restart=${formerRestart}`, id]);
    await context.host.files.remove(path);
    return { name: instance.name, container: formerName, restart: formerRestart };
  });
  if (!prepared.ok) return prepared;
  const removed = await removeContainers(context, { names: [prepared.value.name], volumes: false });
  return removed.ok ? prepared : removed;
}
