import type { Instance } from '../model/instance.ts';
import { readyUnitName, timerUnitName, unitName } from '../model/unit-names.ts';
import { inOrderOfDependencies } from './dependencies.ts';
import { hasSameConditions, hasSameFiles, isUp } from './form.ts';
import { containersOf, declaredBefore } from './known.ts';
import { unitsOf } from '../render/units-of.ts';
import { bootLinkPaths, instanceOfUnit, unitLinks } from './links.ts';
import { namesGivenAway } from './name-moves.ts';
import type { Observed, ObservedUnit } from './observed.ts';
import { type Operation, operation } from './operation.ts';
import { portsGivenAway } from './port-moves.ts';
import type { Wishes } from './wishes.ts';

interface ActionsInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly wishes: Wishes;
}

/** Which units start, restart, reload and stop, what is waited for before, and which readiness is awaited. */
export function planActions({ observed, desired, wishes }: ActionsInput): readonly Operation[] {
  const giving = new Map([...portsGivenAway(observed, desired), ...namesGivenAway(observed, desired)]);
  return [
    ...inOrderOfDependencies(desired).flatMap((instance) => planInstance(observed, wishes, instance, giving)),
    ...goneUnits(observed, desired)
      .filter(({ instance }) => !wishes.eject.has(instance))
      .flatMap((gone) => stopGone(observed, gone, wishes)),
  ];
}

interface GoneUnit {
  readonly unit: string;
  readonly instance: string;
}

/**
 * Units that are no longer declared: those of the current manifest, and those that an interrupted command left running
 * (their link still leads to gear). Readiness goes with its container.
 */
function goneUnits(observed: Observed, desired: readonly Instance[]): readonly GoneUnit[] {
  const kept = new Set(desired.flatMap(({ name, spec }) => unitsThatRun(name, spec.schedule !== undefined)));
  const declared = (observed.manifest?.instances ?? []).flatMap(({ name, spec }) =>
    unitsThatRun(name, spec.schedule !== undefined),
  );
  const linked = [...observed.units.keys()].filter((unit) => {
    const { path, target } = unitLinks(unit);
    return observed.links.get(path) === target && !unit.endsWith('-ready.service');
  });
  // The timer first: it would start its container again.
  return [...new Set([...declared, ...linked])]
    .filter((unit) => !kept.has(unit))
    .toSorted((a, b) => Number(b.endsWith('.timer')) - Number(a.endsWith('.timer')))
    .map((unit) => ({ unit, instance: instanceOfUnit(unit) ?? unit }));
}

function unitsThatRun(instance: string, scheduled: boolean): readonly string[] {
  return [unitName(instance), ...(scheduled ? [timerUnitName(instance)] : [])];
}

function planInstance(
  observed: Observed,
  wishes: Wishes,
  instance: Instance,
  giving: ReadonlyMap<string, string>,
): readonly Operation[] {
  const { name } = instance;
  const unit = unitsOf(instance).start;
  if (instance.hold !== null) return stopHeld(observed, instance, instance.hold.by, wishes);
  const stopped = quiescence(observed, instance, wishes.moved.get(name) ?? giving.get(name), wishes);
  const reason = startReason(observed, wishes, instance);
  if (reason === null) {
    const isAwaited =
      wishes.touched.has(name) && observed.units.get(readyUnitName(name))?.isStarting === true;
    const awaited = isAwaited ? readiness(instance, stillStarting) : [];
    return [...stopped, ...planReload(observed, instance), ...awaited];
  }
  const runs = isUp(observed.units.get(unit)?.active) && stopped.length === 0;
  const kind = runs && reason !== stillStarting ? 'unit.restart' : 'unit.start';
  return [
    ...stopped,
    operation(kind, 'act', name, reason, { unit, instance: name }),
    ...readiness(instance, reason === stillStarting ? reason : 'it has a health check'),
  ];
}

function readiness({ name, check }: Instance, reason: string): readonly Operation[] {
  if (check === null) return [];
  return [operation('ready.wait', 'ready', name, reason, { unit: readyUnitName(name), instance: name })];
}

/** Why what an earlier command began is waited for, and not begun again. */
const stillStarting = 'it still starts';

/** Whether an operation only awaits what systemd does already: it changes nothing. */
export function isAwaiting({ reason }: Pick<Operation, 'reason'>): boolean {
  return reason === stillStarting;
}

function stopHeld(
  observed: Observed,
  { name, spec }: Instance,
  by: string,
  { moved }: Wishes,
): readonly Operation[] {
  const stage = moved.has(name) ? 'quiesce' : 'act';
  return unitsThatRun(name, spec.schedule !== undefined)
    .toReversed()
    .filter((unit) => {
      const active = observed.units.get(unit)?.active;
      return isUp(active) || active === 'deactivating';
    })
    .map((unit) => operation('unit.stop', stage, name, `held by ${by}`, { unit, instance: name }));
}

/**
 * What has to stop before the text is swapped: another engine's stop command cannot stop the old form; a job that has
 * succeeded looks the same in its old form and its new one; a port or name that another container takes must be free; a
 * network that is made anew must be left, by what a timer would start too.
 */
function quiescence(
  observed: Observed,
  instance: Instance,
  gives: string | undefined,
  { moved }: Wishes,
): readonly Operation[] {
  const before = declaredBefore(observed, instance.name);
  if (before === undefined) return [];
  const isMoved = moved.has(instance.name) && before.spec.schedule !== undefined;
  const units = unitsThatRun(instance.name, isMoved)
    .toReversed()
    .filter((unit) => isUp(observed.units.get(unit)?.active));
  const runsToItsEnd = [before, instance].some(({ spec }) => spec.job === true);
  const becomesScheduled = before.spec.schedule === undefined && instance.spec.schedule !== undefined;
  const reason =
    before.engine !== instance.engine
      ? `moves from ${before.engine} to ${instance.engine}`
      : runsToItsEnd && before.hash !== instance.hash
        ? 'its new form is another job'
        : becomesScheduled
          ? 'only its timer starts it from now on'
          : gives;
  if (reason === undefined) return [];
  return units.map((unit) =>
    operation('unit.stop', 'quiesce', instance.name, reason, { unit, instance: instance.name }),
  );
}

/** Why the instance is to be started or restarted now; null when it is well, or was stopped on purpose. */
export function startReason(observed: Observed, wishes: Wishes, instance: Instance): string | null {
  const { name, spec } = instance;
  const state = observed.units.get(unitsOf(instance).start);
  const before = declaredBefore(observed, name);
  const changed = before !== undefined && before.hash !== instance.hash;
  if (wishes.restart.has(name)) return 'asked to restart';
  if (!isUp(state?.active)) {
    const formerName = wishes.renamed.get(name);
    if (before === undefined) return formerName === undefined ? 'new' : renamedReason(formerName);
    if (wishes.start.has(name)) return 'asked to start';
    const turned = (before.spec.schedule === undefined) !== (spec.schedule === undefined);
    if (turned) return spec.schedule === undefined ? 'it is no longer scheduled' : 'it is scheduled now';
    if (state?.unmet !== undefined && !changed) {
      // systemd, too, looks at conditions when it is asked to start, and at no other time.
      return hasSameConditions(before, instance) ? null : 'its conditions changed';
    }
    if (!wishes.touched.has(name) && !isUnfinished(observed, instance, state)) return null;
    if (!changed && state?.isStarting === true) return stillStarting;
    if (state?.endedCleanly === true && (spec.restart === 'always' || !changed)) return null;
    if (state?.endedBadly === true && spec.restart === 'always') return null;
    return changed ? formReason(before, instance) : 'it does not run';
  }
  const moved = wishes.moved.get(name);
  if (moved !== undefined) return moved;
  // The timer goes on; what it starts next is the new form.
  if (spec.schedule !== undefined) return null;
  if (changed) return formReason(before, instance);
  const running = containersOf(observed, name).filter((container) => container.running);
  if (running.length > 0 && running.every((container) => container.hash !== instance.hash)) {
    return 'it runs an older form';
  }
  return state?.isStarting === true && wishes.touched.has(name) ? stillStarting : null;
}

/** A name for the engine goes with a form, though nothing else of it may have changed. */
function formReason(before: Instance, { engine, spec }: Instance): string {
  if (before.spec.containerName === spec.containerName) return 'its form changed';
  return `${engine} calls it ${spec.containerName ?? 'as gear does'} from now on; restarts for that`;
}

/** Labels, and names on a network, are given to a container when it is made, and are part of it from then on. */
function renamedReason(formerName: string): string {
  return `renamed from ${formerName}; restarts, for the engine cannot rename what runs`;
}

/**
 * Whether a container that no command names waits for its first start: an interrupted command left it, for it never
 * ran and yet is to start on boot. What failed or was disabled by a person is not for another container's command.
 */
function isUnfinished(observed: Observed, instance: Instance, state: ObservedUnit | undefined): boolean {
  const neverRan = state === undefined || (state.active === 'inactive' && !state.endedCleanly);
  return neverRan && bootLinkPaths(instance).every(({ path, target }) => observed.links.get(path) === target);
}

/** A running container whose files changed and that can read them again, or that an interrupted command left to do so. */
function planReload(observed: Observed, instance: Instance): readonly Operation[] {
  const { name, spec } = instance;
  const before = declaredBefore(observed, name);
  const unit = unitName(name);
  if (spec.reload === undefined || before === undefined) return [];
  if (!isUp(observed.units.get(unit)?.active)) return [];
  const changed = !hasSameFiles(before, instance);
  const left = observed.reloads.has(name);
  if (!changed && !left) return [];
  const reason = changed ? 'its files changed' : 'it still has its old files';
  return [
    ...(left ? [] : [operation('reload.note', 'prepare', name, reason, { instance: name })]),
    operation('unit.reload', 'act', name, reason, { unit, instance: name }),
  ];
}

function stopGone(
  observed: Observed,
  { unit, instance }: GoneUnit,
  { renamed, moved }: Wishes,
): readonly Operation[] {
  const state = observed.units.get(unit);
  if (state === undefined || state.active === 'inactive') return [];
  const [newName] = [...renamed].find(([, formerName]) => formerName === instance) ?? [];
  const reason = newName === undefined ? 'no longer declared' : `renamed to ${newName}`;
  return [
    operation('unit.stop', moved.has(instance) ? 'quiesce' : 'retire', instance, reason, { unit, instance }),
    ...[unit, ...(unit === unitName(instance) ? [readyUnitName(instance)] : [])]
      .filter((each) => each === unit || observed.units.has(each))
      .map((each) => operation('unit.forget', 'clean', each, reason, { unit: each })),
  ];
}
