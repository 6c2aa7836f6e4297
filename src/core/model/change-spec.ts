import type { ContainerSpec, HealthOptions } from './container.ts';

/** The spec with what is given in place of what was; of the health options, only those that are given. */
export function changeSpec(spec: ContainerSpec, change: Partial<ContainerSpec>): ContainerSpec {
  const health = change.health === undefined ? spec.health : changeHealth(spec.health ?? {}, change.health);
  return { ...spec, ...change, ...(health === undefined ? {} : { health }) };
}

/** A new command ends --no-healthcheck; --no-healthcheck ends all the rest. */
function changeHealth(health: HealthOptions, change: HealthOptions): HealthOptions {
  if (change.disabled) return { disabled: true };
  const { disabled, ...kept } = { ...health, ...change };
  return disabled && change.command === undefined ? { disabled } : kept;
}
