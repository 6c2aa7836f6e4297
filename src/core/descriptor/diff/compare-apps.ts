import type { AppRequest, VolumeRequest } from '../../model/app.ts';
import type { ContainerRequest } from '../../model/container.ts';
import { canonicalJson } from '../../model/hash.ts';
import { listDifferences, valueDifference } from '../../model/spec-differences.ts';
import { withCommonNames } from './common-names.ts';
import { containerDifferences } from './compare-containers.ts';

/** What became of one container between two descriptors. */
export interface ContainerDifference {
  readonly name: string;
  readonly change: 'added' | 'removed' | 'renamed' | 'changed';
  /** The name before, of a renamed one. */
  readonly from?: string;
  /** What differs, one line each; values of variables never among them. */
  readonly lines: readonly string[];
}

/** How two descriptors differ in what they mean; both empty: not at all. */
export interface AppDifference {
  /** Of the app as a whole: its name, engine, networks and volumes. */
  readonly lines: readonly string[];
  readonly containers: readonly ContainerDifference[];
}

/** Compares what two descriptors mean. A container that only has another name is told as renamed. */
export function compareApps(before: AppRequest, after: AppRequest): AppDifference {
  const renamed = withCommonNames(after, before.app);
  const [had, has] = [byContainer(withCommonNames(before, before.app)), byContainer(renamed)];
  const gone = [...had.keys()].filter((name) => !has.has(name));
  const come = [...has.keys()].filter((name) => !had.has(name));
  const twins = new Map(
    come.flatMap((name) => {
      const twin = gone.find((other) => meaningOf(had.get(other), other) === meaningOf(has.get(name), name));
      return twin === undefined ? [] : [[name, twin]];
    }),
  );
  const left = new Set(twins.values());
  const containers = [
    ...[...has].map(([name, copies]): ContainerDifference => {
      const twin = twins.get(name);
      if (twin !== undefined) return { name, change: 'renamed', from: twin, lines: [] };
      const other = had.get(name);
      if (other === undefined) return { name, change: 'added', lines: [] };
      return { name, change: 'changed', lines: containerDifferences(other, copies) };
    }),
    ...gone
      .filter((name) => !left.has(name))
      .map((name): ContainerDifference => ({ name, change: 'removed', lines: [] })),
  ];
  return {
    lines: [
      ...valueDifference('name', before.app, after.app),
      ...valueDifference('engine', before.engine, after.engine),
      ...declaredDifferences('network', before.networks, renamed.networks),
      ...declaredDifferences('volume', before.volumes.filter(saysMore), renamed.volumes.filter(saysMore)),
    ],
    containers: containers
      .filter(({ change, lines }) => change !== 'changed' || lines.length > 0)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function byContainer(app: AppRequest): ReadonlyMap<string, readonly ContainerRequest[]> {
  const found = new Map<string, ContainerRequest[]>();
  for (const request of app.containers)
    found.set(request.container, [...(found.get(request.container) ?? []), request]);
  for (const copies of found.values()) copies.sort((a, b) => (a.copy ?? 0) - (b.copy ?? 0));
  return found;
}

/** All of a container but its name, which is also an alias of it. */
function meaningOf(copies: readonly ContainerRequest[] = [], name: string): string {
  return canonicalJson(
    copies.map(({ spec, environment, secretEnvironment, files }) => ({
      spec: {
        ...spec,
        networks: spec.networks?.map((use) => ({
          ...use,
          aliases: use.aliases.filter((alias) => alias !== name && !alias.startsWith(`${name}-`)),
        })),
      },
      environment,
      secretEnvironment,
      files: files?.map(({ target, content }) => [target, [...content].join(' ')]),
    })),
  );
}

/** A volume with no more than a name is made when it is used, declared or not. */
function saysMore({ name: _, ...rest }: VolumeRequest): boolean {
  return Object.keys(rest).length > 0;
}

interface Declared {
  readonly name: string;
  readonly external?: true;
  readonly spec?: object;
}

/** Networks or volumes that came, went, or are declared otherwise. */
function declaredDifferences(
  what: string,
  before: readonly Declared[],
  after: readonly Declared[],
): readonly string[] {
  const [had, has] = [texts(before), texts(after)];
  return [
    ...listDifferences(what, [...had.keys()], [...has.keys()]),
    ...[...has].flatMap(([name, text]) => {
      const other = had.get(name);
      return other === undefined ? [] : valueDifference(`${what} ${name}`, other, text);
    }),
  ];
}

function texts(declared: readonly Declared[]): ReadonlyMap<string, string> {
  return new Map(declared.map(({ name, spec, ...rest }) => [name, canonicalJson({ ...rest, ...spec })]));
}
