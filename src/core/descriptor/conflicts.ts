import type { Failure } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { ContainerRequest, ContainerSpec } from '../model/container.ts';
import { portText } from '../model/ports.ts';
import { argument } from './refuse.ts';

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
  const port = first?.spec.ports.find(({ hostPort }) => hostPort !== 0);
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

const relations = [
  ['after', 'after'],
  ['requires', 'requires'],
  ['before', 'before'],
  ['wants', 'wants'],
  ['partOf', 'part-of'],
  ['conflicts', 'conflicts'],
] as const satisfies readonly (readonly [keyof ContainerSpec, string])[];

function ownDependencies(requests: readonly ContainerRequest[]): readonly Failure[] {
  return requests.flatMap(({ app, spec }) =>
    relations
      .filter(([field]) => spec[field]?.includes(app))
      .map(([, flag]) => ({
        code: 'VALUE_INVALID' as const,
        message: `${quote(app)} cannot wait for itself`,
        next: 'install it in a command of its own',
        place: argument(`--${flag} ${app}`),
      })),
  );
}
