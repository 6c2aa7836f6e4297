import type { Instance } from '../model/instance.ts';
import { readyUnitName, unitName } from '../model/unit-names.ts';
import { containersOf, isUp } from './form.ts';
import { bootLinkPaths, unitLinks } from './links.ts';
import type { Observed, ObservedUnit } from './observed.ts';
import { type Operation, operation } from './operation.ts';
import type { Wishes } from './wishes.ts';

interface ActionsInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly wishes: Wishes;
}

/** Which units start, restart and stop, and which readiness is awaited. */
export function planActions({ observed, desired, wishes }: ActionsInput): readonly Operation[] {
  return [
    ...desired.flatMap((instance) => planInstance(observed, wishes, instance)),
    ...goneInstances(observed, desired)
      .filter((name) => !wishes.eject.has(name))
      .flatMap((name) => stopGone(observed, name)),
  ];
}

/**
 * Instances that are no longer declared: those of the current manifest, and those whose unit an interrupted command
 * left running (its link still leads to gear).
 */
function goneInstances(observed: Observed, desired: readonly Instance[]): readonly string[] {
  const kept = new Set(desired.map((instance) => instance.name));
  const declared = (observed.manifest?.instances ?? []).map((instance) => instance.name);
  const linked = [...observed.units.keys()].flatMap((unit) => {
    const { path, target } = unitLinks(unit);
    const name = /^ctr-(.+)\.service$/.exec(unit)?.[1] ?? '';
    return observed.links.get(path) === target && !name.endsWith('-ready') ? [name] : [];
  });
  return [...new Set([...declared, ...linked])].filter((name) => !kept.has(name));
}

function planInstance(observed: Observed, wishes: Wishes, instance: Instance): readonly Operation[] {
  const unit = unitName(instance.name);
  const state = observed.units.get(unit);
  const fields = { unit, instance: instance.name };
  if (instance.hold !== null) {
    return isUp(state?.active) || state?.active === 'deactivating'
      ? [operation('unit.stop', 'act', instance.name, `held by ${instance.hold.by}`, fields)]
      : [];
  }
  const engineChanged = quiescence(observed, instance);
  const reason = startReason(observed, wishes, instance);
  if (reason === null) return engineChanged;
  const kind = isUp(state?.active) && engineChanged.length === 0 ? 'unit.restart' : 'unit.start';
  return [
    ...engineChanged,
    operation(kind, 'act', instance.name, reason, fields),
    ...(instance.check === null
      ? []
      : [
          operation('ready.wait', 'ready', instance.name, 'it has a health check', {
            unit: readyUnitName(instance.name),
            instance: instance.name,
          }),
        ]),
  ];
}

/** Another engine's stop command cannot stop the old form: it is stopped before the text is swapped. */
function quiescence(observed: Observed, instance: Instance): readonly Operation[] {
  const before = observed.manifest?.instances.find((other) => other.name === instance.name);
  if (before === undefined || before.engine === instance.engine) return [];
  const unit = unitName(instance.name);
  if (!isUp(observed.units.get(unit)?.active)) return [];
  return [
    operation('unit.stop', 'quiesce', instance.name, `moves from ${before.engine} to ${instance.engine}`, {
      unit,
      instance: instance.name,
    }),
  ];
}

/** Why the instance is to be started or restarted now; null when it is well, or was stopped on purpose. */
export function startReason(observed: Observed, wishes: Wishes, instance: Instance): string | null {
  const state = observed.units.get(unitName(instance.name));
  const before = observed.manifest?.instances.find((other) => other.name === instance.name);
  if (wishes.restart.has(instance.name)) return 'asked to restart';
  if (!isUp(state?.active)) {
    if (before === undefined) return 'new';
    if (wishes.start.has(instance.name)) return 'asked to start';
    if (!wishes.touched.has(instance.name) && !isUnfinished(observed, instance, state)) return null;
    const changed = before.hash !== instance.hash;
    if (state?.endedCleanly === true && (instance.spec.restart === 'always' || !changed)) return null;
    return changed ? 'its form changed' : 'it does not run';
  }
  if (before !== undefined && before.hash !== instance.hash) return 'its form changed';
  const running = containersOf(observed, instance.name).filter((container) => container.running);
  if (running.length > 0 && running.every((container) => container.hash !== instance.hash)) {
    return 'it runs an older form';
  }
  return null;
}

/**
 * Whether a container that no command names waits for its first start: an interrupted command left it, for it never
 * ran and yet is to start on boot. What failed or was disabled by a person is not for another container's command.
 */
function isUnfinished(observed: Observed, instance: Instance, state: ObservedUnit | undefined): boolean {
  const neverRan = state === undefined || (state.active === 'inactive' && !state.endedCleanly);
  return neverRan && bootLinkPaths(instance).every(({ path, target }) => observed.links.get(path) === target);
}

function stopGone(observed: Observed, instance: string): readonly Operation[] {
  const unit = unitName(instance);
  const state = observed.units.get(unit);
  if (state === undefined || state.active === 'inactive') return [];
  return [
    operation('unit.stop', 'retire', instance, 'no longer declared', { unit, instance }),
    operation('unit.forget', 'clean', unit, 'no longer declared', { unit }),
  ];
}
