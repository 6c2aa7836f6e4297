import { isDown } from '../core/model/unmet.ts';
import type { ObservedUnit } from '../core/plan/observed.ts';
import type { ListedUnit, Systemd, UnitState } from '../ports/systemd.ts';

/** Units to look at, beside a glance at all that systemd has loaded. */
interface UnitsOfInterest {
  /** Where they are not active, it matters whether they ended cleanly. */
  readonly toRun: readonly string[];
  /** The same for these, as far as systemd has them. */
  readonly named: readonly string[];
  /** Names that gear does not have yet: whoever has one is looked for on disk. */
  readonly unknown: readonly string[];
}

/** All of gear's units in one bus call. */
export function listUnits(systemd: Systemd): Promise<readonly ListedUnit[]> {
  return systemd.list(['ctr-*.service', 'ctr-*.timer']);
}

/**
 * Those that are listed, at a glance; in full only where it matters, because systemd takes a millisecond for each, and
 * two for one that it has to look for on disk. `stops` tells when gear itself stopped a unit, which was no person's wish.
 */
export async function observeUnits(
  systemd: Systemd,
  listing: ReturnType<typeof listUnits>,
  { toRun, named, unknown }: UnitsOfInterest,
  stops: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, ObservedUnit>> {
  const listed = new Map((await listing).map((unit) => [unit.unit, unit]));
  const isDown = (unit: string): boolean => listed.get(unit)?.activeState !== 'active';
  const full = [
    ...unknown,
    ...toRun.filter(isDown),
    ...named.filter((unit) => listed.has(unit) && isDown(unit)),
  ];
  const states = await systemd.units([...new Set(full)]);
  const observed = new Map<string, ObservedUnit>();
  for (const unit of listed.values()) {
    observed.set(unit.unit, {
      active: unit.activeState,
      sub: unit.subState,
      load: unit.loadState,
      endedCleanly: false,
      isStarting: isStarting(unit),
      fragmentPath: '',
    });
  }
  for (const state of states) {
    const starting = isStarting(listed.get(state.unit));
    observed.set(state.unit, { ...fromState(state, stops.get(state.unit) ?? 0), isStarting: starting });
  }
  return observed;
}

/** A crash loop has jobs of its own, for which nobody waits. */
export function isStarting(unit: ListedUnit | undefined): boolean {
  const { job = '', subState = '' } = unit ?? {};
  return (job === 'start' || job === 'restart') && !subState.startsWith('auto-restart');
}

function fromState(state: UnitState, stoppedMs: number): ObservedUnit {
  const hasRun = state.activeEnterMs > stoppedMs;
  return {
    active: state.activeState,
    sub: state.subState,
    load: state.loadState,
    endedCleanly: state.activeState === 'inactive' && state.result === 'success' && hasRun,
    endedBadly: state.activeState === 'failed' && state.result !== 'start-limit-hit' && hasRun,
    fragmentPath: state.fragmentPath,
    ...(isSkipped(state) ? { unmet: state.unmet } : {}),
  };
}

/** What runs was started, whatever came of a later start. */
function isSkipped(state: UnitState): boolean {
  return state.unmet.length > 0 && isDown(state);
}
