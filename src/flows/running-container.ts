import { FailureError } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { resolveName } from '../core/model/resolve-name.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';

/** The one instance that a person named. FailureError NAME_UNKNOWN. */
export async function oneInstance(context: FlowContext, given: string): Promise<Instance> {
  const known = (await readCurrentManifest(context.host.files))?.instances ?? [];
  const name = resolveName(given, known);
  if (!name.ok) throw new FailureError(...name.failures);
  const found = known.find((each) => each.name === name.value);
  if (found === undefined) throw new Error(`${name.value} was resolved and is not there`);
  return found;
}

/** The containers of an instance, whichever its form. */
export async function containersOf(
  context: FlowContext,
  { name, engine }: Instance,
): Promise<readonly EngineContainer[]> {
  const owned = await (await context.host.engine(engine)).owned();
  return owned.filter((each) => each.labels['gear.name'] === name);
}

/** The container of an instance that runs. FailureError NOT_RUNNING. */
export async function runningContainer(context: FlowContext, instance: Instance): Promise<EngineContainer> {
  const found = (await containersOf(context, instance)).find((each) => each.running);
  if (found !== undefined) return found;
  throw new FailureError({
    code: 'NOT_RUNNING',
    message: `${instance.name} does not run`,
    next: `gear status ${instance.name}; or: gear start ${instance.name}`,
    subject: instance.name,
  });
}
