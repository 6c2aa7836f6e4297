import type { ContainerRequest } from '../../model/container.ts';
import { instanceName } from '../../model/instance-name.ts';
import type { Path } from '../document.ts';
import { nearest } from '../../model/nearest.ts';
import { isSystemdUnit } from '../../model/systemd-unit.ts';
import { quote } from '../../../errors/quote.ts';
import type { Finding, ReadApp } from './read-app.ts';

/** A network mode that begins so names the container whose network is shared. */
const joins = 'container:';

/** A container (all of its copies) in the order of starting. */
export interface Waiting {
  readonly app: ReadApp;
  readonly request: ContainerRequest;
  /** `shop.web`, whatever the number of copies. */
  readonly name: string;
  /** What it starts after, with the place in the text that says so. */
  readonly after: Map<string, { readonly app: ReadApp; readonly path: Path }>;
}

/**
 * Every container of the apps by its name, with what it starts after; `before` is the other's after, and whoever shares a
 * network starts after the one that has it.
 */
export function orderOf(apps: readonly ReadApp[]): ReadonlyMap<string, Waiting> {
  const nodes = new Map<string, Waiting>();
  const byInstance = new Map<string, string>();
  for (const app of apps) {
    for (const request of app.request.containers) {
      const name = instanceName({ app: request.app, container: request.container });
      byInstance.set(instanceName(request), name);
      if (!nodes.has(name)) nodes.set(name, { app, request, name, after: new Map() });
    }
  }
  for (const node of nodes.values()) {
    const { app, request, name } = node;
    const at = (key: string) => ({ app, path: ['containers', request.container, key] });
    for (const key of ['after', 'requires'] as const)
      for (const target of request.spec[key]) noteOnce(node.after, byInstance.get(target), at(key));
    if (request.spec.networkMode?.startsWith(joins) === true) {
      const holder = byInstance.get(request.spec.networkMode.slice(joins.length));
      // That it shares its own is told by itself.
      if (holder !== name) noteOnce(node.after, holder, at('network_mode'));
    }
    for (const target of request.spec.before ?? []) {
      const other = nodes.get(byInstance.get(target) ?? '');
      if (other !== undefined) noteOnce(other.after, name, at('before'));
    }
  }
  return nodes;
}

function noteOnce<T>(map: Map<string, T>, key: string | undefined, value: T): void {
  if (key !== undefined && !map.has(key)) map.set(key, value);
}

const relations = ['after', 'requires', 'before', 'wants', 'partOf', 'conflicts'] as const;

/** DEPENDENCY_UNKNOWN for a container of another app that is given here and has no such container. */
export function findStrangers(apps: readonly ReadApp[]): readonly Finding[] {
  const byName = new Map<string, ReadApp>();
  for (const app of apps) if (app.flaws?.isComplete !== false) byName.set(app.request.app, app);
  const known = new Map<ReadApp, ReadonlySet<string>>();
  const findings: Finding[] = [];
  for (const app of apps) {
    const seen = new Set<string>();
    // Loops, because a watch looks at all apps for each change of one, and few of them name another.
    for (const { container, spec } of app.request.containers) {
      for (const key of relations) {
        for (const target of spec[key] ?? []) {
          const [owner = ''] = target.split('.', 1);
          const other = target === owner ? undefined : byName.get(owner);
          if (other === undefined) continue;
          const names = known.get(other) ?? new Set(other.request.containers.map(instanceName));
          known.set(other, names);
          const relation = `${container} ${key} ${target}`;
          if (names.has(target) || seen.has(relation) || isSystemdUnit(target)) continue;
          seen.add(relation);
          findings.push(toFinding({ app, container, key, target }, owner, names));
        }
      }
    }
  }
  return findings;
}

interface Relation {
  readonly app: ReadApp;
  readonly container: string;
  readonly key: (typeof relations)[number];
  readonly target: string;
}

function toFinding(
  { app, container, key, target }: Relation,
  owner: string,
  names: ReadonlySet<string>,
): Finding {
  const near = nearest(target, [...names]);
  return {
    apps: [app],
    failure: {
      code: 'DEPENDENCY_UNKNOWN',
      message: `the app ${owner} has no container ${quote(target)}`,
      next:
        near === undefined
          ? `its containers are ${[...names].slice(0, 8).join(', ')}`
          : `did you mean ${quote(near)}?`,
      place: app.place(['containers', container, key === 'partOf' ? 'part_of' : key]),
    },
  };
}
