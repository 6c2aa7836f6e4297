import type { ContainerSpec, EngineKind } from '../core/model/container.ts';
import { type Failure, FailureError } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';

/**
 * Networks of somebody else that the container is to join and that are not there: it would be stopped for a start that
 * cannot succeed. Those of apps are made again with them. FailureError NETWORK_ABSENT.
 */
export async function refuseAbsentNetworks(
  { host }: FlowContext,
  engine: EngineKind,
  name: string,
  { networks = [] }: ContainerSpec,
): Promise<void> {
  if (networks.length === 0) return;
  const declared = (await readCurrentManifest(host.files))?.networks ?? [];
  const own = new Set(declared.filter((each) => each.engine === engine).map((each) => each.name));
  const driver = await host.engine(engine);
  const found = await Promise.all(
    networks.map(async (network): Promise<readonly Failure[]> => {
      if (own.has(network.name) || (await driver.network(network.name)) !== null) return [];
      const message = `${name}: ${engine === 'docker' ? 'Docker' : 'Podman'} has no network ${quote(network.name)}`;
      const next = `${engine} network create ${network.name}; or correct the name`;
      return [{ code: 'NETWORK_ABSENT', message, next, subject: name }];
    }),
  );
  if (found.flat().length > 0) throw new FailureError(...found.flat());
}
