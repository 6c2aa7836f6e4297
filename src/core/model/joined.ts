import { containerName, formName } from './container-name.ts';
import { hashOf } from './hash.ts';
import type { Instance } from './instance.ts';

/**
 * The instances with those found whose network others join by `container:NAME`, where NAME is one of them. The form of
 * that container becomes part of theirs: whoever shares a network stops with the one that has it, and starts after it.
 */
export function withJoins(instances: readonly Instance[]): readonly Instance[] {
  const byName = new Map(instances.map((instance) => [instance.name, instance]));
  const done = new Map<string, Instance>();
  const joined = (instance: Instance, trail: readonly string[]): Instance => {
    const known = done.get(instance.name);
    if (known !== undefined) return known;
    const name = /^container:(.+)$/.exec(instance.spec.networkMode ?? '')?.[1];
    const other = name === undefined || trail.includes(name) ? undefined : byName.get(name);
    const result =
      other?.engine === instance.engine ? joinTo(instance, joined(other, [...trail, other.name])) : instance;
    done.set(instance.name, result);
    return result;
  };
  return instances.map((instance) => joined(instance, [instance.name]));
}

function joinTo(instance: Instance, other: Instance): Instance {
  const container = containerName(other);
  const { joins } = instance;
  if (joins?.container === container && joins.form === other.hash) return instance;
  const ownHash = joins?.ownHash ?? instance.hash;
  const isLate = container !== formName(other) ? { isLate: true as const } : {};
  return {
    ...instance,
    joins: { instance: other.name, container, form: other.hash, ownHash, ...isLate },
    hash: hashOf({ own: ownHash, joins: other.hash }),
  };
}
