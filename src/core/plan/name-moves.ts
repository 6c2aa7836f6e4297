import type { Instance } from '../model/instance.ts';
import type { Observed } from './observed.ts';

/** Who has which name of a container that was asked for: `docker front` → instance. */
export function takersOfNames(desired: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  const found = new Map<string, Instance[]>();
  for (const instance of desired) {
    const { containerName } = instance.spec;
    if (containerName === undefined) continue;
    const key = `${instance.engine} ${containerName}`;
    found.set(key, [...(found.get(key) ?? []), instance]);
  }
  return found;
}

/**
 * Instances whose container has a name that another one has from now on, with the reason to stop them first: else the
 * new owner may find it still taken.
 */
export function namesGivenAway(
  observed: Observed,
  desired: readonly Instance[],
): ReadonlyMap<string, string> {
  const takers = takersOfNames(desired);
  if (takers.size === 0) return new Map();
  const had = [
    ...(observed.manifest?.instances ?? []).map(({ engine, name, spec }) => ({
      ...{ engine, instance: name, name: spec.containerName },
    })),
    ...observed.containers.filter(({ running }) => running),
  ];
  return new Map(
    had.flatMap(({ engine, instance, name }): readonly (readonly [string, string])[] => {
      if (name === undefined) return [];
      const taker = takers.get(`${engine} ${name}`)?.find((each) => each.name !== instance);
      return taker === undefined ? [] : [[instance, `gives the name ${name} to ${taker.name}`]];
    }),
  );
}
