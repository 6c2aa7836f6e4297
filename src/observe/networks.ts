import { attempt } from '../errors/failure.ts';
import type { ObservedNetwork } from '../core/plan/observed.ts';
import type { Engine } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';

/** The networks of an engine that gear made. */
export async function observeNetworks(engine: Engine): Promise<readonly ObservedNetwork[]> {
  const networks = await engine.ownedNetworks();
  return networks.map(({ name, labels, subnets }) => ({
    engine: engine.kind,
    name,
    app: labels['gear.owner'] ?? '',
    subnets,
  }));
}

/**
 * Every subnet that a new network must keep clear of: those of all engines and the routes of the host. An engine that
 * does not answer is left out: what of its networks is up is among the routes, and it may have nothing to do with the
 * change.
 */
export async function usedSubnets(host: Host): Promise<readonly string[]> {
  const { engines } = await host.facts();
  const [routes, ...subnets] = await Promise.all([
    host.routes(),
    ...engines.map((kind) => attempt(async () => (await host.engine(kind)).subnets())),
  ]);
  return [...routes, ...subnets.flatMap((result) => (result.ok ? result.value : []))];
}
