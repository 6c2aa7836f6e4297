import type { Failure } from '../../errors/failure.ts';
import type { PortMapping } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { paths } from '../model/paths.ts';
import { systemctl } from '../model/systemctl.ts';
import { readyUnitName, timerUnitName, unitName } from '../model/unit-names.ts';
import { portsOverlap } from '../model/ports.ts';
import { isUp } from './form.ts';
import { containersOf } from './known.ts';
import { isOwnLink } from './links.ts';
import { nameConflict, strangerContainers } from './name-conflicts.ts';
import { takersOfNames } from './name-moves.ts';
import type { Observed } from './observed.ts';

/** A socket that some process of the host listens on. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
}

interface ConflictInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  /** Names of the instances that the command changes: only they are judged. */
  readonly changed: ReadonlySet<string>;
  readonly listening: readonly Listener[];
  /** The lowest port that containers may be published at; absent: any. */
  readonly firstPort?: number;
}

/** What forbids the change: ports that others have, units that are not gear's. Empty when nothing does. */
export function findConflicts(input: ConflictInput): readonly Failure[] {
  const wanted = byPort(input.desired);
  const before = byPort(input.observed.manifest?.instances ?? []);
  const takers = takersOfNames(input.desired);
  return input.desired
    .filter((instance) => input.changed.has(instance.name))
    .flatMap((instance) => [
      ...instance.spec.ports.flatMap((port) => privileged(input, instance, port)),
      ...instance.spec.ports.flatMap((port) => portConflict(input, instance, port, wanted, before)),
      ...strangerUnits(input.observed, instance),
      ...nameConflict(takers, instance),
      ...strangerContainers(input, instance),
      ...volumeConflict(input.desired, instance),
    ]);
}

type ByPort = ReadonlyMap<number, readonly Instance[]>;

function byPort(instances: readonly Instance[]): ByPort {
  const found = new Map<number, Instance[]>();
  for (const instance of instances) {
    for (const hostPort of new Set(instance.spec.ports.map((port) => port.hostPort))) {
      const others = found.get(hostPort);
      if (others === undefined) found.set(hostPort, [instance]);
      else others.push(instance);
    }
  }
  return found;
}

function portConflict(
  { observed, listening }: ConflictInput,
  instance: Instance,
  port: PortMapping,
  wanted: ByPort,
  before: ByPort,
): readonly Failure[] {
  const publishes = ({ spec }: Instance): boolean => spec.ports.some((theirs) => portsOverlap(port, theirs));
  const other = wanted.get(port.hostPort)?.find((each) => each.name !== instance.name && publishes(each));
  if (other !== undefined) {
    return [
      taken(
        instance,
        port,
        `${other.name} already publishes it`,
        `choose another host port, or gear rm ${other.name}`,
      ),
    ];
  }
  // What a present form listens on is no stranger's: either it is this very container, or one that gives the port away.
  const own =
    runsInThisForm(observed, instance) ||
    before.get(port.hostPort)?.some((each) => publishes(each) && isRunning(observed, each.name));
  const listener = listening.find(
    (candidate) =>
      candidate.protocol === port.protocol &&
      candidate.port === port.hostPort &&
      sameAddress(candidate.address, port.hostIp),
  );
  if (own === true || listener === undefined) return [];
  return [
    taken(
      instance,
      port,
      'another process listens on it',
      `see which: ss -ln${port.protocol === 'tcp' ? 't' : 'u'}p 'sport = :${String(port.hostPort)}'`,
    ),
  ];
}

/** Without root, the kernel gives low ports to nobody. 0 stands for a port that is chosen later. */
function privileged(
  { firstPort = 0 }: ConflictInput,
  { name }: Instance,
  { hostPort, containerPort }: PortMapping,
): readonly Failure[] {
  if (hostPort === 0 || hostPort >= firstPort) return [];
  return [
    {
      code: 'PORT_PRIVILEGED',
      message: `${name}: host port ${String(hostPort)} is for root alone: users may have ${String(firstPort)} and above`,
      next: `--publish ${String(hostPort + 8000)}:${String(containerPort)}; or let users have it: sudo sysctl net.ipv4.ip_unprivileged_port_start=${String(hostPort)}`,
      subject: name,
    },
  ];
}

/** One that is adopted runs before it is declared. */
function runsInThisForm(observed: Observed, { name, hash }: Instance): boolean {
  return containersOf(observed, name).some((each) => each.running && each.hash === hash);
}

/** Also while it stops: its socket is its own until its container has ended. */
function isRunning(observed: Observed, name: string): boolean {
  return (
    isUp(observed.units.get(unitName(name))?.active) ||
    containersOf(observed, name).some((container) => container.running)
  );
}

function taken(instance: Instance, port: PortMapping, why: string, next: string): Failure {
  const where = `${port.hostIp === '' ? '' : `${port.hostIp}:`}${String(port.hostPort)}/${port.protocol}`;
  return {
    code: 'PORT_TAKEN',
    message: `${instance.name}: host port ${where} is taken: ${why}`,
    next,
    subject: instance.name,
  };
}

/** Whoever was renamed took the volumes of its image along: they are not for the next of that name. */
function volumeConflict(desired: readonly Instance[], instance: Instance): readonly Failure[] {
  const named = formerlyNamed(desired, instance);
  const shared = instance.ownedVolumes.find((own) =>
    named?.ownedVolumes.some(({ name }) => name === own.name),
  );
  if (named === undefined || shared === undefined) return [];
  return [
    {
      code: 'VOLUME_TAKEN',
      message: `${instance.name}: the volume ${shared.name} for ${shared.target} is that of ${named.name}, which was called ${instance.name}`,
      next: `choose another name; or mount a volume of its own: volumes: [NAME:${shared.target}]`,
      subject: instance.name,
    },
  ];
}

function formerlyNamed(desired: readonly Instance[], { engine, name }: Instance): Instance | undefined {
  return desired.find((other) => other.formerly === name && other.engine === engine);
}

function sameAddress(a: string, b: string): boolean {
  const isAny = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::';
  return isAny(a) || isAny(b) || a === b;
}

function strangerUnits(observed: Observed, instance: Instance): readonly Failure[] {
  const names = [unitName(instance.name), readyUnitName(instance.name), timerUnitName(instance.name)];
  return names.flatMap((unit): readonly Failure[] => {
    const path = `${paths.units}/${unit}`;
    const target = observed.links.get(path);
    const elsewhere = observed.units.get(unit)?.fragmentPath ?? '';
    const found =
      target !== undefined && !isOwnLink(path, target) ? path : isForeign(elsewhere) ? elsewhere : null;
    if (found === null) return [];
    if (target === '/dev/null') {
      return [
        {
          code: 'NOT_OURS',
          message: `${unit} is masked`,
          next: `systemctl unmask ${unit}, then the same command again`,
          subject: instance.name,
        },
      ];
    }
    return [
      {
        code: 'NOT_OURS',
        message: `${found} exists and is not gear's`,
        next: `choose another name, or remove that unit: ${systemctl(`disable --now ${unit}`)}; rm ${found}; ${systemctl('daemon-reload')}`,
        subject: instance.name,
      },
    ];
  });
}

function isForeign(fragmentPath: string): boolean {
  return (
    fragmentPath !== '' &&
    !fragmentPath.startsWith(`${paths.units}/`) &&
    !fragmentPath.startsWith(`${paths.root}/`)
  );
}
