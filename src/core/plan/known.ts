import type { Instance } from '../model/instance.ts';
import type { Observed, ObservedContainer } from './observed.ts';

interface Known {
  readonly declared: ReadonlyMap<string, Instance>;
  readonly containers: ReadonlyMap<string, readonly ObservedContainer[]>;
}

/** Made once for a snapshot, which never changes: to search it for each of a thousand instances would be a million steps. */
const known = new WeakMap<Observed, Known>();

function indexOf(observed: Observed): Known {
  const found = known.get(observed);
  if (found !== undefined) return found;
  const containers = new Map<string, ObservedContainer[]>();
  for (const container of observed.containers) {
    const others = containers.get(container.instance);
    if (others === undefined) containers.set(container.instance, [container]);
    else others.push(container);
  }
  const declared = new Map(observed.manifest?.instances.map((instance) => [instance.name, instance]));
  const made = { declared, containers };
  known.set(observed, made);
  return made;
}

/** The instance as the current generation declares it; undefined when it does not. */
export function declaredBefore(observed: Observed, name: string): Instance | undefined {
  return indexOf(observed).declared.get(name);
}

/** The containers that carry the instance's name. */
export function containersOf(observed: Observed, name: string): readonly ObservedContainer[] {
  return indexOf(observed).containers.get(name) ?? [];
}
