import type { Failure } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { containerName } from '../core/model/container-name.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';

/** Containers of the engine that bear the name of one that is to be made, but not gear's mark. */
export async function findStrangers(
  context: FlowContext,
  instances: readonly Instance[],
): Promise<readonly Failure[]> {
  const kinds = [...new Set(instances.map((instance) => instance.engine))];
  // One list for all: to ask for each by name costs a request, or with Podman a process.
  const lists = await Promise.all(
    kinds.map(async (kind) => [kind, await (await context.host.engine(kind)).named('ctr-')] as const),
  );
  const present = new Map(
    lists.flatMap(([kind, containers]) => containers.map((each) => [`${kind} ${each.name}`, each] as const)),
  );
  return instances.flatMap((instance) => strangerOf(instance, present));
}

function strangerOf(
  instance: Instance,
  present: ReadonlyMap<`${EngineKind} ${string}`, EngineContainer>,
): readonly Failure[] {
  const name = containerName(instance);
  const container = present.get(`${instance.engine} ${name}`);
  if (container === undefined || container.labels['gear.name'] === instance.name) return [];
  return [
    {
      code: 'NOT_OURS',
      message: `a container ${name} exists in ${instance.engine} and is not gear's`,
      next: `choose another name, or remove it: ${instance.engine} rm -f ${name}`,
      subject: instance.name,
    },
  ];
}
