import type { ContainerSpec, Environment } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { portText } from '../model/port-text.ts';

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
    ...changed('engine', before.engine, after.engine),
    ...imageLines(before, after),
    ...specLines(before.spec, after.spec),
    ...listLines(
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

function specLines(before: ContainerSpec, after: ContainerSpec): readonly string[] {
  return [
    ...changed('command', before.command?.join(' '), after.command?.join(' ')),
    ...listLines('port', before.ports.map(portText), after.ports.map(portText)),
    ...listLines('volume', before.mounts.map(mountText), after.mounts.map(mountText)),
    ...changed('restart', before.restart, after.restart),
    ...changed('memory', before.memoryBytes, after.memoryBytes),
    ...changed('cpus', before.cpus, after.cpus),
    ...changed('user', before.user, after.user),
    ...changed('health check', JSON.stringify(before.health), JSON.stringify(after.health)),
    ...changed('stop timeout', `${String(before.stopTimeoutMs)} ms`, `${String(after.stopTimeoutMs)} ms`),
    ...listLines('after', before.after, after.after),
    ...listLines('requires', before.requires, after.requires),
  ];
}

function changed(
  what: string,
  before: string | number | undefined,
  after: string | number | undefined,
): readonly string[] {
  if (before === after) return [];
  if (before === undefined) return [`${what}: ${String(after)} (was not set)`];
  if (after === undefined) return [`${what}: no longer set (was ${String(before)})`];
  return [`${what}: ${String(before)} → ${String(after)}`];
}

function listLines(what: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((item) => !after.includes(item)).map((item) => `${what} ${item} goes`),
    ...after.filter((item) => !before.includes(item)).map((item) => `${what} ${item} is new`),
  ];
}

function environmentNames(of: Environment, other: Environment): readonly string[] {
  return Object.keys(of).filter((key) => !(key in other));
}

function changedValues(before: Environment, after: Environment): readonly string[] {
  return Object.keys(after)
    .filter((key) => key in before && before[key] !== after[key])
    .map((key) => `env ${key} has another value`);
}

function mountText(mount: ContainerSpec['mounts'][number]): string {
  return [mount.source, mount.target, ...(mount.options.length > 0 ? [mount.options.join(',')] : [])].join(
    ':',
  );
}
