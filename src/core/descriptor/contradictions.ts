import type { Failure } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { ContainerSpec } from '../model/container.ts';
import { portsOverlap, portText } from '../model/ports.ts';
import type { RunOptions } from '../model/run-options.ts';
import { argument } from './refuse.ts';

type Given = Partial<ContainerSpec>;

/** What of one container contradicts itself, be it all of it or only a change: nothing that is missing counts. */
export function contradictions(spec: Given): readonly Failure[] {
  return [
    ...repeatedPorts(spec),
    ...repeatedTargets(spec),
    ...checkAndNone(spec),
    ...sharedNetwork(spec),
    ...privileges(spec.options ?? {}),
    ...amounts(spec),
    ...ends(spec),
  ];
}

/** What a whole container lacks beside what it says. */
export function gaps({ memoryBytes, options = {} }: ContainerSpec): readonly Failure[] {
  const swap = options['memory-swap'];
  if (typeof swap !== 'string' || memoryBytes !== undefined) return [];
  return [
    refusal(
      `--memory-swap ${swap}`,
      'memory and swap together are limited, and memory is not',
      'add --memory AMOUNT, at most as much',
    ),
  ];
}

function repeatedPorts({ ports = [] }: Given): readonly Failure[] {
  return ports.flatMap((port, index) => {
    const earlier = ports.slice(0, index).find((other) => portsOverlap(port, other));
    if (earlier === undefined) return [];
    return {
      code: 'PORT_TAKEN' as const,
      message: `host port ${port.hostPort}/${port.protocol} is given twice`,
      next: `take one of them away: ${portText(earlier)} is the other`,
      place: argument(`--publish ${portText(port)}`),
    };
  });
}

function repeatedTargets({ mounts = [], tmpfs = [] }: Given): readonly Failure[] {
  const targets = [
    ...mounts.map(({ source, target }) => ({ target, shown: `--volume ${source}:${target}` })),
    ...tmpfs.map(({ target }) => ({ target, shown: `--tmpfs ${target}` })),
  ];
  return targets
    .filter(({ target }, index) => targets.slice(0, index).some((other) => other.target === target))
    .map(({ target, shown }) =>
      refusal(shown, `two volumes are mounted on ${quote(target)}`, 'take one of them away'),
    );
}

function checkAndNone({ health }: Given): readonly Failure[] {
  if (!health?.disabled || Object.keys(health).length === 1) return [];
  return [
    refusal(
      '--no-healthcheck',
      '--no-healthcheck and the other health flags exclude each other',
      'take --no-healthcheck away to have a check',
    ),
  ];
}

/** Options that set up a network of the container's own, which it has not got in these modes. */
const ownNetwork = [
  'dns',
  'dns-search',
  'dns-option',
  'mac-address',
  'add-host',
  'hostname',
  'expose',
] as const;

function sharedNetwork({ networkMode, ports = [], options = {} }: Given): readonly Failure[] {
  if (networkMode === undefined) return [];
  const shown = `--network ${networkMode}`;
  const joined = networkMode.startsWith('container:');
  const foreign = joined
    ? ownNetwork
    : networkMode === 'none'
      ? ownNetwork.slice(0, 4)
      : ownNetwork.slice(3, 4);
  const sysctls = valuesOf(options, 'sysctl').filter((value) => value.startsWith('net.'));
  return [
    ...ports
      .slice(0, 1)
      .map((port) =>
        refusal(
          `--publish ${portText(port)}`,
          networkMode === 'host'
            ? 'on the network of the host every port is its own, so none can be published'
            : `nothing can be published of a container with ${shown}`,
          `take --publish away, or ${shown}`,
        ),
      ),
    ...foreign
      .filter((flag) => options[flag] !== undefined)
      .map((flag) =>
        refusal(`--${flag}`, `--${flag} and ${shown} exclude each other`, 'take one of them away'),
      ),
    ...(networkMode === 'none' ? [] : sysctls).map((value) =>
      refusal(
        `--sysctl ${value}`,
        `with ${shown} it would be another's network that this sets`,
        'take it away',
      ),
    ),
  ];
}

function privileges(options: RunOptions): readonly Failure[] {
  const uts = options['uts'] === 'host' && options['hostname'] !== undefined;
  const both = valuesOf(options, 'cap-add').filter((value) => valuesOf(options, 'cap-drop').includes(value));
  return [
    ...(['cap-add', 'cap-drop'] as const)
      .filter((flag) => options['privileged'] === true && options[flag] !== undefined)
      .map((flag) =>
        refusal(
          `--${flag} ${valuesOf(options, flag).join(' ')}`,
          `--privileged gives every capability, whatever --${flag} says`,
          'take one of them away',
        ),
      ),
    ...both.map((value) =>
      refusal(`--cap-drop ${value}`, `${value} is both added and taken away`, 'take one of them away'),
    ),
    ...(uts
      ? [refusal('--hostname', 'with --uts host its name is that of the host', 'take one of them away')]
      : []),
  ];
}

function amounts({ memoryBytes = Number.NaN, cpus, options = {} }: Given): readonly Failure[] {
  const swap = numberOf(options, 'memory-swap');
  const reservation = numberOf(options, 'memory-reservation');
  const quota = (['cpu-quota', 'cpu-period'] as const).filter((flag) => options[flag] !== undefined);
  return [
    ...(swap !== -1 && swap < memoryBytes
      ? [
          refusal(
            `--memory-swap ${swap}`,
            'memory and swap together are less than memory alone',
            'give at least as much as --memory, or -1 for no limit',
          ),
        ]
      : []),
    ...(reservation > memoryBytes
      ? [
          refusal(
            `--memory-reservation ${reservation}`,
            'more memory is reserved than it may have',
            'give less than --memory',
          ),
        ]
      : []),
    ...(cpus === undefined ? [] : quota).map((flag) =>
      refusal(`--${flag}`, `--cpus and --${flag} say the same in two ways`, 'give one of them'),
    ),
  ];
}

function ends({ job, schedule, restart }: Given): readonly Failure[] {
  if (job === true && schedule !== undefined)
    return [refusal('--job', 'a scheduled container is a job already', 'take --job away')];
  if (restart !== 'always' || (job !== true && schedule === undefined)) return [];
  return [
    refusal('--restart always', 'what runs to its end cannot always run', 'use --restart on-failure or no'),
  ];
}

function numberOf(options: RunOptions, flag: string): number {
  const value = options[flag];
  return typeof value === 'string' ? Number(value) : Number.NaN;
}

function valuesOf(options: RunOptions, flag: string): readonly string[] {
  const value = options[flag];
  return typeof value === 'object' ? value : [];
}

function refusal(shown: string, message: string, next: string): Failure {
  return { code: 'VALUE_INVALID', message, next, place: argument(shown) };
}
