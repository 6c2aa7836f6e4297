import type { ContainerSpec, PortMapping } from '../model/container.ts';
import { isOneShot } from '../model/one-shot.ts';
import type { Instance } from '../model/instance.ts';
import { containerName, formName } from '../model/container-name.ts';
import { commandWords, entrypointArguments, labelArguments } from './common-arguments.ts';
import { environmentArguments } from './environment-arguments.ts';
import { healthArguments } from './health-arguments.ts';
import { dockerVolumes, givenMountArguments, podmanVolumes } from './mount-arguments.ts';
import { dockerNetworkArguments, podmanNetworkArguments } from './network-arguments.ts';
import { chosenSlice, logArguments, logDriver, optionArguments } from './option-arguments.ts';
import { sliceName } from './slice.ts';

/** One group of options: a pure function of the instance. New flags of the descriptor become new entries. */
type ArgumentGroup = (instance: Instance) => readonly string[];

const groups: readonly ArgumentGroup[] = [
  (instance) => labelArguments(instance, `gear.hash=${instance.hash}`),
  () => ['--pull=never', '--restart', 'no'],
  portArguments,
  givenMountArguments,
  limitArguments,
  healthArguments,
  environmentArguments,
  optionArguments,
];

const dockerGroups: readonly ArgumentGroup[] = [
  (instance) => ['--name', formName(instance)],
  ...groups,
  dockerVolumes,
  dockerNetworkArguments,
  (instance) => ['--cgroup-parent', chosenSlice(instance) ?? sliceName(instance.app)],
  logArguments,
  ({ spec }) => entrypointArguments(spec.entrypoint),
];

const podmanGroups: readonly ArgumentGroup[] = [
  (instance) => [
    ...['--name', containerName(instance)],
    // Where there is none of that name, it replaces one whose ID begins so; the gate sees to a name that was asked for.
    ...(instance.spec.containerName === undefined ? ['--replace'] : []),
    ...(isOneShot(instance.spec)
      ? ['--sig-proxy=false', '--cgroups=split', '--sdnotify=ignore']
      : ['--detach', '--cgroups=split', '--sdnotify=conmon']),
  ],
  ...groups,
  podmanVolumes,
  podmanNetworkArguments,
  podmanLogging,
  // Podman would otherwise copy a proxy, with its password, from the manager's environment into the container.
  () => ['--http-proxy=false'],
  ({ spec }) => entrypointArguments(spec.entrypoint),
];

/** `docker` arguments that create the container of this form without starting it; the first is `create`. */
export function createArguments(instance: Instance): readonly string[] {
  return assemble('create', dockerGroups, instance);
}

/** `podman` arguments that make and start the container anew; the first is `run`. */
export function runArguments(instance: Instance): readonly string[] {
  return assemble('run', podmanGroups, instance);
}

/** The engines take whole seconds; a part of one is rounded up. */
export function stopTimeoutSeconds(spec: Pick<ContainerSpec, 'stopTimeoutMs'>): number {
  return Math.ceil(spec.stopTimeoutMs / 1000);
}

/** The ports that it publishes. */
export function portArguments({ spec }: Instance): readonly string[] {
  return spec.ports.flatMap((port) => ['--publish', publishValue(port)]);
}

/** What it may use, whom it runs as, and how long its end may take. */
export function limitArguments({ spec }: Instance): readonly string[] {
  return [
    ...optional('--memory', spec.memoryBytes, (bytes) => `${String(bytes)}b`),
    ...optional('--cpus', spec.cpus, String),
    ...optional('--user', spec.user, String),
    ...['--stop-timeout', String(stopTimeoutSeconds(spec))],
  ];
}

/** What runs to its end stays attached, so that its status is the unit's: its stream is the unit's log, once. */
function podmanLogging(instance: Instance): readonly string[] {
  const attached = isOneShot(instance.spec) && logDriver(instance) === undefined;
  return attached ? ['--log-driver', 'none'] : logArguments(instance);
}

function assemble(verb: string, table: readonly ArgumentGroup[], instance: Instance): readonly string[] {
  const words = [verb];
  for (const group of table) words.push(...group(instance));
  words.push(instance.image.id, ...commandWords(instance.spec));
  return words;
}

function publishValue({ hostIp, hostPort, containerPort, protocol }: PortMapping): string {
  const address = hostIp.includes(':') ? `[${hostIp.replace(/^\[|\]$/g, '')}]` : hostIp;
  return `${address === '' ? '' : `${address}:`}${String(hostPort)}:${String(containerPort)}/${protocol}`;
}

function optional<T>(flag: string, value: T | undefined, write: (value: T) => string): readonly string[] {
  return value === undefined ? [] : [flag, write(value)];
}
