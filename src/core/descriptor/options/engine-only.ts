import type { Failure } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { ContainerSpec, EngineKind } from '../../model/container.ts';
import { runOptions, type RunOptions } from '../../model/run-options.ts';
import { asFlag, atArgument, type Contradiction, type Naming, refusal } from '../contradiction.ts';

/** Values that only one engine takes, of a flag that both have. */
const onlyValues: readonly {
  readonly flag: string;
  readonly values: RegExp;
  readonly engine: EngineKind;
  readonly instead: string;
}[] = [
  {
    flag: 'userns',
    values: /^(?!host$)/,
    engine: 'podman',
    instead: 'leave it out, or map all containers of Docker: userns-remap in daemon.json',
  },
  { flag: 'uts', values: /^private$/, engine: 'podman', instead: 'leave it out: it is the default' },
  { flag: 'pid', values: /^private$/, engine: 'podman', instead: 'leave it out: it is the default' },
  { flag: 'group-add', values: /^keep-groups$/, engine: 'podman', instead: 'name the groups' },
  { flag: 'security-opt', values: /^(un)?mask=/, engine: 'podman', instead: 'use systempaths=unconfined' },
  { flag: 'security-opt', values: /^systempaths=/, engine: 'docker', instead: 'use unmask=ALL' },
  {
    flag: 'log-driver',
    values: /^(k8s-file|passthrough)$/,
    engine: 'podman',
    instead: 'use json-file or local',
  },
  {
    flag: 'log-driver',
    values: /^(local|syslog|gelf|fluentd|awslogs|splunk|gcplogs)$/,
    engine: 'docker',
    instead: 'use k8s-file or journald',
  },
];

const names: Readonly<Record<EngineKind, string>> = { docker: 'Docker', podman: 'Podman' };

/** What of a container the engine that is to run it does not know, with what to do there instead. */
export function refusedByEngine(spec: ContainerSpec, engine: EngineKind): readonly Failure[] {
  return findRefusedByEngine(spec, engine, asFlag).map(atArgument);
}

/** The same in anybody's words. */
export function findRefusedByEngine(
  spec: ContainerSpec,
  engine: EngineKind,
  named: Naming,
): readonly Contradiction[] {
  const { options } = spec;
  return [
    ...(options === undefined
      ? []
      : [...refusedFlags(options, engine, named), ...refusedValues(options, engine)]),
    ...volumes(spec, engine),
    ...limitsOfTheClient(spec, engine, named),
  ];
}

function refusedFlags(options: RunOptions, engine: EngineKind, named: Naming): readonly Contradiction[] {
  return runOptions.flatMap(({ flag, only }) => {
    if (options[flag] === undefined || only === undefined || only.engine === engine) return [];
    return refusal(flag, `${names[engine]} has no ${named(flag)}`, only.reason);
  });
}

function refusedValues(options: RunOptions, engine: EngineKind): readonly Contradiction[] {
  return onlyValues
    .filter((each) => each.engine !== engine)
    .flatMap(({ flag, values, instead }) =>
      valuesOf(options, flag)
        .filter((value) => values.test(value))
        .map((value) => refusal([flag, value], `${names[engine]} does not know ${quote(value)}`, instead)),
    );
}

function volumes({ mounts }: ContainerSpec, engine: EngineKind): readonly Contradiction[] {
  if (engine === 'podman') return [];
  return mounts
    .filter(({ options }) => options.includes('U'))
    .map(({ source, target }) =>
      refusal(
        ['volume', `${source}:${target}:U`],
        'Docker does not know the option "U"',
        'chown the files on the host',
      ),
    );
}

/** systemd.resource-control(5), with the flag that says it of the container. */
const cgroupDirectives: Readonly<Record<string, string>> = {
  ...{ MemoryMax: 'memory', MemoryHigh: 'memory', MemoryLimit: 'memory', MemorySwapMax: 'memory-swap' },
  ...{ MemoryLow: 'memory-reservation', MemoryMin: 'memory-reservation', TasksMax: 'pids-limit' },
  ...{ CPUQuota: 'cpus', CPUWeight: 'cpu-shares', CPUShares: 'cpu-shares' },
  ...{ AllowedCPUs: 'cpuset-cpus', AllowedMemoryNodes: 'cpuset-mems', DeviceAllow: 'device' },
  ...{ IOWeight: 'blkio-weight', BlockIOWeight: 'blkio-weight', IODeviceWeight: 'blkio-weight-device' },
  ...{ IOReadBandwidthMax: 'device-read-bps', IOWriteBandwidthMax: 'device-write-bps' },
  ...{ IOReadIOPSMax: 'device-read-iops', IOWriteIOPSMax: 'device-write-iops' },
};

/** dockerd puts the container into a cgroup of its own: what the unit limits there is `docker start --attach`. */
function limitsOfTheClient(
  { directives = [] }: ContainerSpec,
  engine: EngineKind,
  named: Naming,
): readonly Contradiction[] {
  if (engine === 'podman') return [];
  return directives.flatMap(({ section, name, value }) => {
    const ofCgroup = Object.hasOwn(cgroupDirectives, name) ? cgroupDirectives[name] : undefined;
    const flag = /^Limit[A-Z]+$/.test(name) ? 'ulimit' : ofCgroup;
    if (section !== 'Service' || flag === undefined) return [];
    const message = `with Docker ${name}= limits its client, and not the container`;
    return [refusal(['service', `${name}=${value}`], message, `use ${named(flag)}`)];
  });
}

function valuesOf(options: RunOptions, flag: string): readonly string[] {
  const value = options[flag];
  if (value === undefined || value === true) return [];
  return typeof value === 'string' ? [value] : value;
}
