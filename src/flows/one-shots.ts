import type { Instance } from '../core/model/instance.ts';
import { isOneShot } from '../core/model/one-shot.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type { Systemd, UnitState } from '../ports/systemd.ts';
import type { LastRun, ListRow } from '../report/values.ts';
import { isDown } from '../core/model/unmet.ts';

type Runs = Pick<ListRow, 'job' | 'schedule'>;

/** How the jobs and the scheduled ones among the instances did last, and when they run next, by name. */
export async function observeRuns(
  systemd: Systemd,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, Runs>> {
  const meant = instances.filter(({ spec }) => isOneShot(spec));
  if (meant.length === 0) return new Map();
  const timers = meant.flatMap((each) => unitsOf(each).timer ?? []);
  const [states, elapses] = await Promise.all([
    systemd.units(meant.map((each) => unitsOf(each).service)),
    systemd.timers(timers),
  ]);
  const byTimer = new Map(elapses.map((each) => [each.unit, each]));
  return new Map(
    states.flatMap((state, index): readonly [string, Runs][] => {
      const instance = meant[index];
      if (instance === undefined) return [];
      const last = lastRun(state);
      const { timer } = unitsOf(instance);
      if (timer === null) return [[instance.name, { job: last }]];
      const { nextMs = 0, lastMs = 0 } = byTimer.get(timer) ?? {};
      return [[instance.name, { schedule: { nextMs, lastMs, last } }]];
    }),
  );
}

/** systemd keeps the result of a run over its end; the state is that of the process since (systemd.service(5)). */
function lastRun(state: UnitState): LastRun {
  const { activeState, subState, result, execMainCode, stateChangeMs } = state;
  if (activeState === 'activating' && !subState.startsWith('auto-restart')) {
    return { result: 'running', endedMs: 0 };
  }
  if (state.unmet.length > 0 && isDown(state)) return { result: 'skipped', endedMs: 0 };
  if (wasStopped(state)) return { result: 'stopped', endedMs: stateChangeMs };
  if (activeState === 'failed' || result !== 'success') return { result: 'failed', endedMs: stateChangeMs };
  const ran = execMainCode !== 0 || activeState === 'active';
  return ran ? { result: 'succeeded', endedMs: stateChangeMs } : { result: 'never ran', endedMs: 0 };
}

/**
 * Whether systemd ended the run for a person's sake: it kills the engine's client, and the container after it. What ends by
 * itself, or for want of time or memory, has another result (systemd.service(5)).
 */
function wasStopped({ result, execMainCode, execMainStatus }: UnitState): boolean {
  const [killed, kill] = [2, 9];
  return result === 'signal' && execMainCode === killed && execMainStatus === kill;
}
