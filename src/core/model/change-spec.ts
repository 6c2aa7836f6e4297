import type { ContainerSpec, HealthOptions } from './container.ts';

/**
 * The spec with what is given in place of what was; of health, of options and of directives only those that are given.
 */
export function changeSpec(spec: ContainerSpec, change: Partial<ContainerSpec>): ContainerSpec {
  const health = change.health === undefined ? spec.health : changeHealth(spec.health ?? {}, change.health);
  const options = change.options === undefined ? spec.options : { ...spec.options, ...change.options };
  const directives = changeDirectives(spec.directives, change.directives);
  return {
    ...spec,
    ...change,
    ...(health === undefined ? {} : { health }),
    ...(options === undefined ? {} : { options }),
    ...(directives === undefined ? {} : { directives }),
  };
}

type Directives = ContainerSpec['directives'];

/** A directive that is given replaces all lines of its own. */
function changeDirectives(before: Directives, given: Directives): Directives {
  if (before === undefined || given === undefined) return given ?? before;
  const named = new Set(given.map(({ section, name }) => `${section} ${name}`));
  return [...before.filter(({ section, name }) => !named.has(`${section} ${name}`)), ...given];
}

/** A new command ends --no-healthcheck; --no-healthcheck ends all the rest. */
function changeHealth(health: HealthOptions, change: HealthOptions): HealthOptions {
  if (change.disabled) return { disabled: true };
  const { disabled, ...kept } = { ...health, ...change };
  return disabled && change.command === undefined ? { disabled } : kept;
}
