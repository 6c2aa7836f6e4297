import { absentSourceAdvice } from '../core/descriptor/checks/bind-sources.ts';
import type { Failure } from '../errors/failure.ts';
import type { ContainerSpec } from '../core/model/container.ts';
import type { FlowContext } from './context.ts';

/** Bind sources that are not there: Docker would make an empty folder in their place, Podman would not start. */
export async function findAbsentSources(
  context: FlowContext,
  name: string,
  spec: ContainerSpec,
): Promise<readonly Failure[]> {
  const binds = spec.mounts.filter((mount) => mount.kind === 'bind');
  const found = await Promise.all(
    binds.map(async ({ source, target }): Promise<readonly Failure[]> => {
      if (await context.host.files.exists(source)) return [];
      return [
        {
          code: 'BIND_SOURCE',
          message: `${name}: ${source}, which is to be mounted on ${target}, does not exist on this host`,
          next: absentSourceAdvice(source),
          subject: name,
        },
      ];
    }),
  );
  return found.flat();
}
