import type { Environment } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { listDifferences, specDifferences, valueDifference } from '../model/spec-differences.ts';

/**
 * What differs between two forms of an instance, one line each, for people. Values of the environment are compared
 * but never shown.
 */
export function differences(
  before: Instance,
  after: Instance,
  environments: { readonly before: Environment; readonly after: Environment },
): readonly string[] {
  return [
    ...valueDifference('engine', before.engine, after.engine),
    ...imageLines(before, after),
    ...specDifferences(before.spec, after.spec),
    ...listDifferences(
      'env',
      environmentNames(environments.before, environments.after),
      environmentNames(environments.after, environments.before),
    ),
    ...changedValues(environments.before, environments.after),
  ];
}

function imageLines(before: Instance, after: Instance): readonly string[] {
  if (before.spec.image !== after.spec.image) return [`image: ${before.spec.image} → ${after.spec.image}`];
  if (before.image.id === after.image.id) return [];
  return [`image ${after.spec.image}: ${before.image.id.slice(7, 19)} → ${after.image.id.slice(7, 19)}`];
}

function environmentNames(of: Environment, other: Environment): readonly string[] {
  return Object.keys(of).filter((key) => !(key in other));
}

function changedValues(before: Environment, after: Environment): readonly string[] {
  return Object.keys(after)
    .filter((key) => key in before && before[key] !== after[key])
    .map((key) => `env ${key} has another value`);
}
