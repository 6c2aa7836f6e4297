import type { Failure } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { ContainerSpec } from '../model/container.ts';
import { portsOverlap, portText } from '../model/ports.ts';
import type { RunOptions } from '../model/run-options.ts';
import { asFlag, atArgument, type Contradiction, type Naming, refusal } from './contradiction.ts';

type Given = Partial<ContainerSpec>;

/** What of one container contradicts itself, be it all of it or only a change: nothing that is missing counts. */
export function contradictions(spec: Given): readonly Failure[] {
  return [...findContradictions(spec, asFlag), ...repeatedSecrets(spec)].map(atArgument);
}

/** What a whole container lacks beside what it says. */
export function gaps(spec: ContainerSpec): readonly Failure[] {
  return findGaps(spec, asFlag).map(atArgument);
}

/** The contradictions in anybody's words. */
export function findContradictions(spec: Given, named: Naming): readonly Contradiction[] {
  return [
    ...repeatedPorts(spec),
    ...repeatedTargets(spec),
    ...checkAndNone(spec, named),
    ...sharedNetwork(spec, named),
    ...(spec.options === undefined
      ? []
      : [...privileges(spec.options, named), ...amounts(spec, spec.options, named)]),
    ...ends(spec, named),
  ];
}

/** The gaps in anybody's words. */
export function findGaps(
  { memoryBytes, options = {} }: ContainerSpec,
  named: Naming,
): readonly Contradiction[] {
  const swap = options['memory-swap'];
  if (typeof swap !== 'string' || memoryBytes !== undefined) return [];
  return [
    refusal(
      ['memory-swap', swap],
      'memory and swap together are limited, and memory is not',
      `limit it too, with ${named('memory')}, to at most as much`,
    ),
  ];
}

function repeatedPorts({ ports = [] }: Given): readonly Contradiction[] {
  return ports.flatMap((port, index) => {
    const earlier = ports.slice(0, index).find((other) => portsOverlap(port, other));
    if (earlier === undefined) return [];
    return {
      code: 'PORT_TAKEN' as const,
      flag: 'publish',
      value: portText(port),
      message: `host port ${port.hostPort}/${port.protocol} is given twice`,
      next: `take one of them away: ${portText(earlier)} is the other`,
    };
  });
}

function repeatedTargets({ mounts = [], tmpfs = [] }: Given): readonly Contradiction[] {
  if (mounts.length + tmpfs.length < 2) return [];
  const targets = [
    ...mounts.map(({ source, target }) => ({ target, about: ['volume', `${source}:${target}`] as const })),
    ...tmpfs.map(({ target }) => ({ target, about: ['tmpfs', target] as const })),
  ];
  return targets
    .filter(({ target }, index) => targets.slice(0, index).some((other) => other.target === target))
    .map(({ target, about }) =>
      refusal(about, `two volumes are mounted on ${quote(target)}`, 'take one of them away'),
    );
}

/** A descriptor tells it with the place of the second one. */
function repeatedSecrets({ secrets = [] }: Given): readonly Contradiction[] {
  return secrets
    .filter(({ file }, index) => secrets.slice(0, index).some((other) => other.file === file))
    .map(({ name, file }) =>
      refusal(
        ['secret', name],
        `two secrets would be the file ${quote(file)}`,
        `give one of them another name: --secret ${name},target=FILE`,
      ),
    );
}

function checkAndNone({ health }: Given, named: Naming): readonly Contradiction[] {
  if (!health?.disabled || Object.keys(health).length === 1) return [];
  const none = named('no-healthcheck');
  return [
    refusal(
      'no-healthcheck',
      `${none} and the other health flags exclude each other`,
      `take ${none} away to have a check`,
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

function sharedNetwork(
  { networkMode, ports = [], options = {} }: Given,
  named: Naming,
): readonly Contradiction[] {
  if (networkMode === undefined) return [];
  const shown = `${named('network')} ${networkMode}`;
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
          ['publish', portText(port)],
          networkMode === 'host'
            ? 'on the network of the host every port is its own, so none can be published'
            : `nothing can be published of a container with ${shown}`,
          `take ${named('publish')} away, or ${shown}`,
        ),
      ),
    ...foreign
      .filter((flag) => options[flag] !== undefined)
      .map((flag) =>
        refusal(flag, `${named(flag)} and ${shown} exclude each other`, 'take one of them away'),
      ),
    ...(networkMode === 'none' ? [] : sysctls).map((value) =>
      refusal(
        ['sysctl', value],
        `with ${shown} it would be another's network that this sets`,
        'take it away',
      ),
    ),
  ];
}

function privileges(options: RunOptions, named: Naming): readonly Contradiction[] {
  const uts = options['uts'] === 'host' && options['hostname'] !== undefined;
  const both = valuesOf(options, 'cap-add').filter((value) => valuesOf(options, 'cap-drop').includes(value));
  return [
    ...(['cap-add', 'cap-drop'] as const)
      .filter((flag) => options['privileged'] === true && options[flag] !== undefined)
      .map((flag) =>
        refusal(
          [flag, valuesOf(options, flag).join(' ')],
          `${named('privileged')} gives every capability, whatever ${named(flag)} says`,
          'take one of them away',
        ),
      ),
    ...both.map((value) =>
      refusal(['cap-drop', value], `${value} is both added and taken away`, 'take one of them away'),
    ),
    ...(uts
      ? [
          refusal(
            'hostname',
            `with ${named('uts')} host its name is that of the host`,
            'take one of them away',
          ),
        ]
      : []),
  ];
}

function amounts(
  { memoryBytes = Number.NaN, cpus }: Given,
  options: RunOptions,
  named: Naming,
): readonly Contradiction[] {
  const swap = numberOf(options, 'memory-swap');
  const reservation = numberOf(options, 'memory-reservation');
  const quota = (['cpu-quota', 'cpu-period'] as const).filter((flag) => options[flag] !== undefined);
  return [
    ...(swap !== -1 && swap < memoryBytes
      ? [
          refusal(
            ['memory-swap', String(swap)],
            'memory and swap together are less than memory alone',
            `give at least as much as ${named('memory')}, or -1 for no limit`,
          ),
        ]
      : []),
    ...(reservation > memoryBytes
      ? [
          refusal(
            ['memory-reservation', String(reservation)],
            'more memory is reserved than it may have',
            `give less than ${named('memory')}`,
          ),
        ]
      : []),
    ...(cpus === undefined ? [] : quota).map((flag) =>
      refusal(flag, `${named('cpus')} and ${named(flag)} say the same in two ways`, 'give one of them'),
    ),
  ];
}

function ends({ job, schedule, restart }: Given, named: Naming): readonly Contradiction[] {
  if (job === true && schedule !== undefined)
    return [refusal('job', 'a scheduled container is a job already', `take ${named('job')} away`)];
  if (restart !== 'always' || (job !== true && schedule === undefined)) return [];
  return [
    refusal(
      ['restart', 'always'],
      'what runs to its end cannot always run',
      `use ${named('restart')} on-failure or no`,
    ),
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
