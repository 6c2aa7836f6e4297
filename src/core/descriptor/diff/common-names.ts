import type { AppRequest } from '../../model/app.ts';
import type { ContainerRequest, ContainerSpec } from '../../model/container.ts';
import { instanceName } from '../../model/instance-name.ts';

/**
 * The app in names that do not depend on its own: containers by their short names, and networks and volumes that are
 * called after the app as if it were called `as`. So two apps of different names can mean the same.
 */
export function withCommonNames(app: AppRequest, as: string): AppRequest {
  const owners = new Map(app.containers.map((request) => [instanceName(request), request.container]));
  const rename = (name: string): string =>
    name.startsWith(`${app.app}_`) ? `${as}_${name.slice(app.app.length + 1)}` : name;
  return {
    ...app,
    containers: app.containers.map((request) => shortened(request, owners, rename)),
    networks: app.networks.map((network) => ({ ...network, name: rename(network.name) })),
    volumes: app.volumes.map((volume) => ({ ...volume, name: rename(volume.name) })),
  };
}

function shortened(
  request: ContainerRequest,
  owners: ReadonlyMap<string, string>,
  rename: (name: string) => string,
): ContainerRequest {
  const { spec } = request;
  const short = (names: readonly string[]): readonly string[] => [
    ...new Set(names.map((name) => owners.get(name) ?? name)),
  ];
  const relations = (['after', 'before', 'requires', 'wants', 'partOf', 'conflicts'] as const).flatMap(
    (key) => {
      const names = spec[key];
      return names === undefined ? [] : [[key, short(names)] as const];
    },
  );
  const named: ContainerSpec = {
    ...spec,
    ...Object.fromEntries(relations),
    mounts: spec.mounts.map((mount) =>
      mount.kind === 'volume' ? { ...mount, source: rename(mount.source) } : mount,
    ),
    ...(spec.networks === undefined
      ? {}
      : { networks: spec.networks.map((use) => ({ ...use, name: rename(use.name) })) }),
    ...(spec.networkMode === undefined ? {} : { networkMode: shortMode(spec.networkMode, owners) }),
  };
  return { ...request, spec: named };
}

function shortMode(mode: string, owners: ReadonlyMap<string, string>): string {
  const target = mode.replace(/^container:/, '');
  return target === mode ? mode : `container:${owners.get(target) ?? target}`;
}
