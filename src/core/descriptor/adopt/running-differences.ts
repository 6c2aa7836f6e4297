import type { Environment } from '../../model/container.ts';
import type { Instance } from '../../model/instance.ts';
import { portText } from '../../model/ports.ts';
import type { InspectedContainer } from './inspected.ts';

/** How a container that runs is not what the instance would be; each in words. */
interface RunningDifferences {
  /** It would have to be made anew. */
  readonly differences: readonly string[];
  /** It may run on, and this is to be known. */
  readonly notes: readonly string[];
}

/**
 * Compares what a form would be made of with what runs: image, variables, ports, mounts and networks. Values of variables,
 * which may be secret, are not told.
 */
export function runningDifferences(
  instance: Instance,
  environment: Environment,
  found: InspectedContainer,
): RunningDifferences {
  const { spec } = instance;
  const variables = new Set(found.Config.Env ?? []);
  const changed = Object.entries(environment)
    .filter(([key, value]) => !variables.has(`${key}=${value}`))
    .map(([key]) => key);
  return {
    differences: [
      ...(imageId(found.Image) === instance.image.id
        ? []
        : [`another image than ${instance.image.reference}`]),
      ...(changed.length === 0 ? [] : [`other values of ${changed.join(', ')}`]),
      ...unlike('port', spec.ports.map(portText).map(anyAddress), publishedPorts(found)),
      ...unlike(
        'network',
        (spec.networks ?? []).map(({ name }) => name),
        joinedNetworks(found),
      ),
      ...mountDifferences(instance, found),
    ],
    notes: namelessVolumes(instance, found),
  };
}

/** Podman leaves the algorithm out. */
function imageId(id: string): string {
  return id.startsWith('sha256:') ? id : `sha256:${id}`;
}

/** What is in one of two lists alone. */
function unlike(what: string, asked: readonly string[], present: readonly string[]): readonly string[] {
  return [
    ...asked.filter((each) => !present.includes(each)).map((each) => `no ${what} ${each}`),
    ...present.filter((each) => !asked.includes(each)).map((each) => `a ${what} ${each}`),
  ];
}

function publishedPorts({ HostConfig: host }: InspectedContainer): readonly string[] {
  return Object.entries(host.PortBindings ?? {}).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostIp = '', HostPort }) => {
      const address = HostIp.includes(':') ? `[${HostIp}]` : HostIp;
      return anyAddress(`${address === '' ? '' : `${address}:`}${HostPort}:${port}`);
    }),
  );
}

function anyAddress(port: string): string {
  return port.replace(/^(?:0\.0\.0\.0|\[::\]):/, '');
}

/** The engine's own default network is none of the file's; a shared one is told by its mode. */
function joinedNetworks({
  HostConfig: host,
  NetworkSettings: settings,
}: InspectedContainer): readonly string[] {
  const mode = host.NetworkMode ?? 'default';
  if (['host', 'none'].includes(mode) || mode.startsWith('container:')) return [];
  return Object.keys(settings.Networks ?? {}).filter((name) => !['bridge', 'podman'].includes(name));
}

function mountDifferences({ spec }: Instance, found: InspectedContainer): readonly string[] {
  const present = new Map((found.Mounts ?? []).map((mount) => [mount.Destination, mount]));
  return spec.mounts.flatMap(({ kind, source, target }) => {
    const mount = present.get(target);
    const from = mount?.Type === 'volume' ? mount.Name : mount?.Source;
    return mount?.Type === kind && from === source ? [] : [`no ${source} at ${target}`];
  });
}

/** Volumes that the image declares and the file does not name: the next form would begin with an empty one. */
function namelessVolumes({ spec }: Instance, found: InspectedContainer): readonly string[] {
  const targets = new Set(spec.mounts.map(({ target }) => target));
  return (found.Mounts ?? [])
    .filter(({ Type, Destination }) => Type === 'volume' && !targets.has(Destination))
    .map(
      ({ Name, Destination }) =>
        `the volume at ${Destination} has no name in the file; once the container is made anew its data is in ${Name ?? 'it'} alone: name it`,
    );
}
