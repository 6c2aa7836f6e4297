import type { Result } from '../../../errors/failure.ts';
import type { ContainerRequest } from '../../model/container.ts';
import type { ImageConfig } from '../../model/image.ts';
import type { FlagValues } from '../collect-changes.ts';
import { parseInstall } from '../parse-install.ts';
import type { InspectedContainer } from './inspected.ts';

/** Docker's own size of /dev/shm. */
const usualShmBytes = 64 * 1024 * 1024;
const nanosPerCpu = 1_000_000_000;
/** What Podman itself adds to every container. */
const ofPodman = /^(container=podman|container=oci|HOSTNAME=.*|HOME=\/root|TERM=xterm)$/;

/** A container that runs, in the words of install, and what of it gear has no word for. */
interface AdoptedRequest {
  readonly request: Result<readonly ContainerRequest[]>;
  readonly leftOut: readonly string[];
}

/** Reads what a container was made with; what its image says itself is left to the image. */
export function adoptedRequest(found: InspectedContainer, name: string, image: ImageConfig): AdoptedRequest {
  const { Config: config, HostConfig: host } = found;
  const entrypoint = typeof config.Entrypoint === 'string' ? [config.Entrypoint] : (config.Entrypoint ?? []);
  const ownEntrypoint = !same(entrypoint, image.entrypoint);
  const command = config.Cmd ?? [];
  const ownCommand = ownEntrypoint || !same(command, image.command);
  const variables = (config.Env ?? []).filter(
    (each) => each.includes('=') && !image.environment.includes(each) && !ofPodman.test(each),
  );
  const words = [...(ownEntrypoint ? entrypoint.slice(1) : []), ...(ownCommand ? command : [])];
  const line = {
    words: [config.Image, name, ...variables],
    flags: flagsOf(found, image, ownEntrypoint ? entrypoint[0] : undefined),
    ...(words.length === 0 ? {} : { command: words }),
  };
  return {
    request: parseInstall(line, { environment: {}, directory: '/', files: {} }),
    leftOut: [
      ...(config.Tty === true ? ['it has a terminal, and a unit has none'] : []),
      ...((host.Links ?? []).length > 0 ? ['links to other containers: put both on one network'] : []),
      ...((host.VolumesFrom ?? []).length > 0 ? ['--volumes-from: the volumes are named instead'] : []),
      ...(host.PublishAllPorts === true ? ['--publish-all: name the ports with --publish'] : []),
      ...(host.AutoRemove === true ? ['--rm: the container is made anew after its first stop'] : []),
    ],
  };
}

function flagsOf(found: InspectedContainer, image: ImageConfig, entrypoint: string | undefined): FlagValues {
  const { Config: config, HostConfig: host } = found;
  return {
    publish: ports(found),
    volume: mounts(found),
    tmpfs: Object.entries(host.Tmpfs ?? {}).map(([path, options]) =>
      options === '' ? path : `${path}:${options}`,
    ),
    network: networks(found),
    entrypoint,
    user: config.User !== image.user ? given(config.User) : undefined,
    // dockerd writes the short ID there where nobody chose one.
    hostname:
      config.Hostname !== undefined && !found.Id.startsWith(config.Hostname) && host.NetworkMode !== 'host'
        ? given(config.Hostname)
        : undefined,
    label: Object.entries(config.Labels ?? {})
      .filter(([key, value]) => image.labels[key] !== value)
      .map(([key, value]) => `${key}=${value}`),
    'stop-signal': typeof config.StopSignal === 'string' ? given(config.StopSignal) : undefined,
    'stop-timeout': typeof config.StopTimeout === 'number' ? String(config.StopTimeout) : undefined,
    restart: restart(host.RestartPolicy?.Name),
    'cap-add': lines(host.CapAdd),
    'cap-drop': lines(host.CapDrop),
    dns: lines(host.Dns),
    'dns-option': lines(host.DnsOptions),
    'dns-search': lines(host.DnsSearch),
    'add-host': lines(host.ExtraHosts),
    'group-add': lines(host.GroupAdd),
    'security-opt': lines(host.SecurityOpt),
    sysctl: Object.entries(host.Sysctls ?? {}).map(([key, value]) => `${key}=${value}`),
    // Podman lists its defaults too, by the kernel's names.
    ulimit: (host.Ulimits ?? [])
      .filter(({ Name }) => !Name.startsWith('RLIMIT_'))
      .map((each) => `${each.Name}=${String(each.Soft)}:${String(each.Hard)}`),
    device: (host.Devices ?? []).map(
      (each) => `${each.PathOnHost}:${each.PathInContainer}:${each.CgroupPermissions}`,
    ),
    privileged: host.Privileged === true ? true : undefined,
    'read-only': host.ReadonlyRootfs === true ? true : undefined,
    init: host.Init === true ? true : undefined,
    ipc: host.IpcMode === 'host' ? 'host' : undefined,
    pid: host.PidMode === 'host' ? 'host' : undefined,
    uts: host.UTSMode === 'host' ? 'host' : undefined,
    'shm-size': amount(host.ShmSize === usualShmBytes ? 0 : host.ShmSize),
    memory: amount(host.Memory),
    cpus: (host.NanoCpus ?? 0) > 0 ? String((host.NanoCpus ?? 0) / nanosPerCpu) : undefined,
    'cpuset-cpus': given(host.CpusetCpus),
    'pids-limit': (host.PidsLimit ?? 0) > 0 ? String(host.PidsLimit) : undefined,
    'oom-score-adj': (host.OomScoreAdj ?? 0) === 0 ? undefined : String(host.OomScoreAdj),
  };
}

function ports({ HostConfig: host }: InspectedContainer): readonly string[] {
  return Object.entries(host.PortBindings ?? {}).flatMap(([port, bindings]) =>
    (bindings ?? [])
      .filter(({ HostPort }) => HostPort !== '' && HostPort !== '0')
      .map(({ HostIp = '', HostPort }) => {
        const address = HostIp.includes(':') ? `[${HostIp}]` : HostIp;
        return `${address === '' ? '' : `${address}:`}${HostPort}:${port}`;
      }),
  );
}

/** Volumes without a name of a person's are named all the same: their data is what counts. */
function mounts({ Mounts: found }: InspectedContainer): readonly string[] {
  return (found ?? []).flatMap(({ Type, Name, Source, Destination, RW }) => {
    const source = Type === 'volume' ? Name : Type === 'bind' ? Source : undefined;
    return source === undefined ? [] : [`${source}:${Destination}${RW ? '' : ':ro'}`];
  });
}

function networks({
  HostConfig: host,
  NetworkSettings: settings,
  Id,
  Name,
}: InspectedContainer): readonly string[] {
  const mode = host.NetworkMode ?? 'default';
  if (['default', 'bridge'].includes(mode)) return [];
  if (['host', 'none'].includes(mode) || mode.startsWith('container:')) return [mode];
  return Object.entries(settings.Networks ?? {}).map(([name, { Aliases, IPAMConfig }]) => {
    const aliases = (Aliases ?? []).filter((each) => !Id.startsWith(each) && each !== Name.slice(1));
    const ip = IPAMConfig?.IPv4Address ?? '';
    // The name that others on the network call it by goes on to serve.
    return [
      `name=${name}`,
      ...[...aliases, Name.slice(1)].map((each) => `alias=${each}`),
      ...(ip === '' ? [] : [`ip=${ip}`]),
    ].join(',');
  });
}

/** Docker's `unless-stopped` is what a hold is with gear. */
function restart(name: string | undefined): string | undefined {
  if (name === 'always' || name === 'unless-stopped') return 'always';
  return name === 'on-failure' ? name : undefined;
}

function lines(values: readonly string[] | null | undefined): readonly string[] {
  return values ?? [];
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

function amount(bytes: number | undefined): string | undefined {
  return bytes === undefined || bytes <= 0 ? undefined : `${String(bytes)}b`;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
