import type { ContainerRequest } from '../../model/container.ts';
import { portText } from '../../model/port-text.ts';
import { listDifferences, specDifferences, valueDifference } from '../../model/spec-differences.ts';

/** What differs between two forms of a container, all copies of it, one line each. Values are compared, not shown. */
export function containerDifferences(
  before: readonly ContainerRequest[],
  after: readonly ContainerRequest[],
): readonly string[] {
  const [had, has] = [before[0], after[0]];
  if (had === undefined || has === undefined) return [];
  return [
    ...valueDifference('image', had.spec.image, has.spec.image),
    ...valueDifference('copies', String(before.length), String(after.length)),
    // Each copy has host ports of its own, so those of all are compared.
    ...listDifferences('port', portsOf(before), portsOf(after)),
    ...specDifferences(shared(had), shared(has)),
    ...listDifferences('env', Object.keys(environmentOf(had)), Object.keys(environmentOf(has))),
    ...changedKeys(environmentOf(had), environmentOf(has)).map((key) => `env ${key} has another value`),
    ...changedKeys(contentsOf(had), contentsOf(has)).map((target) => `file ${target} has another content`),
  ];
}

function portsOf(copies: readonly ContainerRequest[]): readonly string[] {
  return copies.flatMap(({ spec }) => spec.ports.map(portText));
}

/** The spec without what each copy has of its own. */
function shared({ spec, copy, container }: ContainerRequest): ContainerRequest['spec'] {
  const { networks, ...rest } = spec;
  const own = copy === undefined ? null : `${container}-${String(copy)}`;
  return {
    ...rest,
    ports: [],
    ...(networks === undefined
      ? {}
      : {
          networks: networks.map((use) => ({
            ...use,
            aliases: use.aliases.filter((alias) => alias !== own),
          })),
        }),
  };
}

function environmentOf({
  environment,
  secretEnvironment = {},
}: ContainerRequest): Readonly<Record<string, string>> {
  const secrets = Object.entries(secretEnvironment).map(([key, name]): [string, string] => [
    key,
    `secret\0${name}`,
  ]);
  return { ...environment, ...Object.fromEntries(secrets) };
}

function contentsOf({ files = [] }: ContainerRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ target, content }) => [target, [...content].join(' ')]));
}

function changedKeys(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.keys(after).filter((key) => Object.hasOwn(before, key) && before[key] !== after[key]);
}
