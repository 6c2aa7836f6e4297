import type { Failure } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { ContainerRequest } from '../model/container.ts';
import { portsOverlap, portText } from '../model/ports.ts';
import { argument } from './refuse.ts';
import type { SpecChange } from './spec-change.ts';

/** What of one container contradicts itself: a host port or a place in the container given twice, a check and none. */
export function contradictions(change: SpecChange): readonly Failure[] {
  return [...repeatedPorts(change), ...repeatedTargets(change), ...checkAndNone(change)];
}

function repeatedPorts({ ports = [] }: SpecChange): readonly Failure[] {
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

function repeatedTargets({ mounts = [] }: SpecChange): readonly Failure[] {
  return mounts.flatMap(({ source, target }, index) => {
    if (!mounts.slice(0, index).some((other) => other.target === target)) return [];
    return {
      code: 'VALUE_INVALID' as const,
      message: `two volumes are mounted on ${quote(target)}`,
      next: 'take one of them away',
      place: argument(`--volume ${source}:${target}`),
    };
  });
}

function checkAndNone({ health }: SpecChange): readonly Failure[] {
  if (!health?.disabled || Object.keys(health).length === 1) return [];
  return [
    {
      code: 'VALUE_INVALID',
      message: '--no-healthcheck and the other health flags exclude each other',
      next: 'take --no-healthcheck away to have a check',
      place: argument('--no-healthcheck'),
    },
  ];
}

/** What the containers of one command would take from each other, or need of themselves. */
export function collisions(requests: readonly ContainerRequest[]): readonly Failure[] {
  return [...repeatedNames(requests), ...sharedPorts(requests), ...ownDependencies(requests)];
}

function repeatedNames(requests: readonly ContainerRequest[]): readonly Failure[] {
  const names = requests.map(({ app }) => app);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map((name) => ({
    code: 'NAME_INVALID',
    message: `the name ${quote(name)} is given twice`,
    next: 'give each container a name of its own',
    place: argument(name),
  }));
}

/** All of them publish the same ports, so the first pair tells it. */
function sharedPorts([first, second]: readonly ContainerRequest[]): readonly Failure[] {
  const port = first?.spec.ports[0];
  if (first === undefined || second === undefined || port === undefined) return [];
  return [
    {
      code: 'PORT_TAKEN',
      message: `${first.app} and ${second.app} would both take host port ${port.hostPort}/${port.protocol}`,
      next: 'install them one by one, each with ports of its own; a command for the container stands after --',
      place: argument(`--publish ${portText(port)}`),
    },
  ];
}

function ownDependencies(requests: readonly ContainerRequest[]): readonly Failure[] {
  return requests.flatMap(({ app, spec }) =>
    (['after', 'requires'] as const)
      .filter((flag) => spec[flag].includes(app))
      .map((flag) => ({
        code: 'VALUE_INVALID' as const,
        message: `${quote(app)} cannot wait for itself`,
        next: 'install it in a command of its own',
        place: argument(`--${flag} ${app}`),
      })),
  );
}
