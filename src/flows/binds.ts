import { absentSourceAdvice } from '../core/descriptor/checks/bind-sources.ts';
import type { Failure } from '../errors/failure.ts';
import type { ContainerSpec } from '../core/model/container.ts';
import type { FlowContext } from './context.ts';

/** Bind sources and devices that are not there: of a source Docker would make an empty folder, all else would not start. */
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
  return [...found.flat(), ...(await findAbsentDevices(context, name, spec))];
}

async function findAbsentDevices(
  { host }: FlowContext,
  name: string,
  { options }: ContainerSpec,
): Promise<readonly Failure[]> {
  const given = options?.['device'];
  // What is no path names a device of CDI, such as nvidia.com/gpu=all.
  const devices = (Array.isArray(given) ? given : []).map((device: string) => device.split(':')[0] ?? '');
  const found = await Promise.all(
    devices.map(async (device): Promise<readonly Failure[]> => {
      if (!device.startsWith('/') || (await host.files.exists(device))) return [];
      const message = `${name}: the device ${device} does not exist on this host`;
      const next = `ls ${device.slice(0, device.lastIndexOf('/'))}; then correct the path, or plug it in`;
      return [{ code: 'DEVICE_ABSENT', message, next, subject: name }];
    }),
  );
  return found.flat();
}
