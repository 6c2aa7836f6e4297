import { FailureError } from '../errors/failure.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { EngineKind } from '../core/model/container.ts';
import { isSame } from '../core/model/same.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { AppNetwork, NetworkRequest } from '../core/model/network.ts';
import { chooseSubnet } from '../core/placement/subnet-pool.ts';

interface AppOnEngine {
  readonly request: AppRequest;
  readonly engine: EngineKind;
}

/**
 * The networks of the apps. One that is there and means the same keeps the subnet that was chosen for it; with `stays`,
 * for a command that concerns single containers, also one that is to be another. FailureError SUBNET_EXHAUSTED.
 */
export function desireNetworks(
  apps: readonly AppOnEngine[],
  manifest: Manifest | null,
  { usedSubnets, stays }: { readonly usedSubnets: readonly string[]; readonly stays: boolean },
): readonly AppNetwork[] {
  const present = presentNetworks(manifest);
  let used = usedSubnets;
  return apps.flatMap(({ request, engine }) =>
    request.networks
      .filter(({ external }) => external !== true)
      .map((network): AppNetwork => {
        const { app } = request;
        const old = present.get(keyOf(app, engine, network.name));
        if (old !== undefined && (stays || isSameNetwork(old, network))) return old;
        // It is removed before it is made anew, so its own subnets are free for it.
        const own = [old?.spec.subnet, old?.spec.subnet6];
        const spec = chooseSubnet(
          used.filter((each) => !own.includes(each)),
          network.spec,
        );
        if (!spec.ok) throw new FailureError(...spec.failures.map((each) => ({ ...each, subject: app })));
        used = [...used, ...[spec.value.subnet, spec.value.subnet6].filter((each) => each !== undefined)];
        return { app, engine, name: network.name, spec: spec.value };
      }),
  );
}

/** Whether any network of the apps is new or to be another one, so that subnets may have to be chosen. */
export function hasNewNetworks(apps: readonly AppOnEngine[], manifest: Manifest | null): boolean {
  const present = presentNetworks(manifest);
  return apps.some(({ request, engine }) =>
    request.networks.some((network) => {
      const old = present.get(keyOf(request.app, engine, network.name));
      return network.external !== true && (old === undefined || !isSameNetwork(old, network));
    }),
  );
}

function presentNetworks(manifest: Manifest | null): ReadonlyMap<string, AppNetwork> {
  return new Map((manifest?.networks ?? []).map((each) => [keyOf(each.app, each.engine, each.name), each]));
}

function keyOf(app: string, engine: EngineKind, name: string): string {
  return `${app} ${engine} ${name}`;
}

function isSameNetwork({ spec }: AppNetwork, asked: NetworkRequest): boolean {
  const { subnet, subnet6, ...rest } = spec;
  const filled = {
    ...rest,
    ...(asked.spec.subnet === undefined ? {} : { subnet }),
    ...(asked.spec.subnet6 === undefined ? {} : { subnet6 }),
  };
  return isSame(filled, asked.spec);
}
