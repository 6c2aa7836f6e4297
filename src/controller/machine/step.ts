import type { Action, ControllerEvent } from './events.ts';
import { judgeHealth, nextRestartMs, restarted, restartSick } from './health.ts';
import { inspect, inspected, nextInspectionMs, stirred } from './inspection.ts';
import { going, seen } from './presence.ts';
import type { Rules } from './rules.ts';
import { hasSettled, nextScanMs, rested, scanning, scanNow, woken } from './scanning.ts';
import type { AppState, ControllerState } from './state.ts';
import { fetched } from './fetching.ts';
import { begin, ended, nextBeginMs, tryAgain } from './work.ts';

/** What follows from an event: the next state, and what is to be done now. */
export interface Step {
  readonly state: ControllerState;
  readonly actions: readonly Action[];
}

/**
 * The controller as a function of what it knows, what it is told and the monotonic time. docs/topics/watch.md draws it.
 * The same state, event and time give the same step; nothing happens that is not among its actions.
 */
export function step(state: ControllerState, event: ControllerEvent, nowMs: number, rules: Rules): Step {
  const calm = settle(state, nowMs, rules);
  const told = react(calm.state, event, nowMs, rules);
  const looked = look(told.state, nowMs, rules);
  const begun = begin(looked.state, nowMs, rules);
  const healed = restartSick(begun.state, nowMs);
  const compared = inspect(healed.state, nowMs, rules);
  const steps = [calm, told, looked, begun, healed, compared];
  return { state: compared.state, actions: steps.flatMap(({ actions }) => actions) };
}

function react(state: ControllerState, event: ControllerEvent, nowMs: number, rules: Rules): Step {
  switch (event.type) {
    case 'woken':
      return only({ ...state, scan: woken(state.scan, nowMs, rules) });
    case 'rescan':
      return only({ ...state, scan: scanNow(state.scan, nowMs) });
    case 'scanned':
      return seen({ ...state, scan: rested(state.scan, nowMs, rules) }, event.scan, nowMs, rules);
    case 'applied':
    case 'mended':
    case 'removed':
      return ended(state, event.outcomes, nowMs, rules);
    case 'fetched':
      return fetched(state, event, nowMs, rules);
    case 'confirmed':
      return only({ ...state, apps: confirmed(state.apps, nowMs) });
    case 'stirred':
      return only({ ...state, inspection: stirred(state.inspection, nowMs, rules) });
    case 'inspected':
      return inspected(state, event, nowMs, rules);
    case 'health':
      return rules.drift === 'mend' ? judgeHealth(state, event, nowMs) : only(state);
    case 'restarted':
      return restarted(state, event, nowMs);
    case 'recovered':
      return only(tryAgain(state, nowMs));
    case 'tick':
      return only(state);
  }
}

/** What has come to rest begins before another word, however late the tick for it, could put it off once more. */
function settle(state: ControllerState, nowMs: number, rules: Rules): Step {
  if (!hasSettled(state.scan, nowMs)) return only(state);
  const begun = begin(state, nowMs, rules);
  return { ...begun, state: { ...begun.state, scan: { ...state.scan, words: null } } };
}

function only(state: ControllerState): Step {
  return { state, actions: [] };
}

function look(state: ControllerState, nowMs: number, rules: Rules): Step {
  const dueMs = nextScanMs(state.scan, state.apps.values(), rules);
  if (dueMs === null || dueMs > nowMs) return only(state);
  return { state: { ...state, scan: scanning(state.scan) }, actions: [{ do: 'scan' }] };
}

function confirmed(apps: ReadonlyMap<string, AppState>, nowMs: number): ReadonlyMap<string, AppState> {
  return new Map(
    [...apps].map(([name, app]) => [name, app.presence.at === 'held' ? going(app, nowMs) : app]),
  );
}

/** When the controller wants a tick; null: not before it is told something. */
export function nextWakeMs(state: ControllerState, rules: Rules): number | null {
  const times = [
    nextScanMs(state.scan, state.apps.values(), rules),
    nextBeginMs(state, rules),
    nextInspectionMs(state, rules),
    nextRestartMs(state),
  ];
  const known = times.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Nothing is done for these until a person has done something. */
const waitsForAnother: ReadonlySet<AppState['presence']['at']> = new Set(['invalid', 'adrift', 'held']);

/** Whether all is done that can be: nothing runs, nothing waits but what failed, is held, or has no good file. For `--once`. */
export function isSettled({ scan, apps, batches }: ControllerState): boolean {
  if (scan.at !== 'resting' || batches > 0) return false;
  return [...apps.values()].every(
    ({ work, presence, trouble }) =>
      presence.at !== 'absent' &&
      (work.at === 'settled' ||
        (work.at === 'waiting' && (trouble !== null || waitsForAnother.has(presence.at)))),
  );
}
