import type { ContainerRequest } from '../../model/container.ts';
import { instanceName } from '../../model/instance-name.ts';
import type { Path } from '../document.ts';
import { nearest } from '../../model/nearest.ts';
import { isSystemdUnit } from '../../model/systemd-unit.ts';
import { quote } from '../../../errors/quote.ts';
import type { Finding, ReadApp } from './read-app.ts';

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
    const [, joined] = /^container:(.+)$/.exec(request.spec.networkMode ?? '') ?? [];
    const holder = byInstance.get(joined ?? '');
    // That it shares its own is told by itself.
    if (holder !== name) noteOnce(node.after, holder, at('network_mode'));
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

/** DEPENDENCY_UNKNOWN for a container of another app that is given here and has no such container. */
export function findStrangers(apps: readonly ReadApp[]): readonly Finding[] {
  const known = new Map(
    apps.flatMap((app) =>
      app.flaws?.isComplete === false
        ? []
        : [[app.request.app, new Set(app.request.containers.map(instanceName))]],
    ),
  );
  return apps.flatMap((app) => {
    const seen = new Set<string>();
    return app.request.containers.flatMap(({ container, spec }) =>
      (['after', 'requires', 'before', 'wants', 'partOf', 'conflicts'] as const).flatMap((key) =>
        (spec[key] ?? []).flatMap((target): readonly Finding[] => {
          const [owner = ''] = target.split('.', 1);
          const names = target.includes('.') ? known.get(owner) : undefined;
          if (names === undefined || names.has(target) || seen.has(`${container} ${key} ${target}`))
            return [];
          if (isSystemdUnit(target)) return [];
          seen.add(`${container} ${key} ${target}`);
          const near = nearest(target, [...names]);
          return [
            {
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
            },
          ];
        }),
      ),
    );
  });
}
