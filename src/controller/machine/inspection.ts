import type { Drift } from '../../core/model/watch-news.ts';
import type { Action, ControllerEvent, FoundDrift } from './events.ts';
import { judgeFound } from './health.ts';
import type { Rules } from './rules.ts';
import type { AppState, ControllerState, InspectionState } from './state.ts';
import { mend } from './mending.ts';

interface Step {
  readonly state: ControllerState;
  readonly actions: readonly Action[];
}

/** Something of gear's changed on the host: it is looked at when that has calmed down. */
export function stirred(inspection: InspectionState, nowMs: number, rules: Rules): InspectionState {
  switch (inspection.at) {
    case 'resting':
      return { at: 'due', dueMs: nowMs + rules.calmMs, firstMs: nowMs };
    case 'due': {
      // One that is due much later is made sooner.
      const firstMs = inspection.dueMs > nowMs + rules.calmMs ? nowMs : inspection.firstMs;
      return { at: 'due', firstMs, dueMs: Math.min(nowMs + rules.calmMs, firstMs + rules.mostCalmMs) };
    }
    case 'running':
      return { at: 'running', again: true };
  }
}

/** When the host is to be looked at; null while it is changed, or looked at already. */
export function nextInspectionMs({ inspection, batches }: ControllerState, rules: Rules): number | null {
  return rules.drift !== 'ignore' && inspection.at === 'due' && batches === 0 ? inspection.dueMs : null;
}

/** Begins an inspection of every app that was seen on the host, when it is due. */
export function inspect(state: ControllerState, nowMs: number, rules: Rules): Step {
  const dueMs = nextInspectionMs(state, rules);
  if (dueMs === null || dueMs > nowMs) return { state, actions: [] };
  return {
    state: { ...state, inspection: { at: 'running', again: false } },
    actions: [{ do: 'inspect', apps: [...state.apps.keys()] }],
  };
}

/** What an inspection found: news of what was not known, and mending where that is wanted. */
export function inspected(
  state: ControllerState,
  { drifts, againInMs = null, unhealthy = [] }: Extract<ControllerEvent, { type: 'inspected' }>,
  nowMs: number,
  rules: Rules,
): Step {
  const again = state.inspection.at === 'running' && state.inspection.again;
  const waitMs = again ? rules.calmMs : againInMs;
  const inspection: InspectionState =
    waitMs === null ? { at: 'resting' } : { at: 'due', dueMs: nowMs + waitMs, firstMs: nowMs };
  // A change that began meanwhile was seen half done; it stirs the host, which is looked at after it.
  if (drifts === null || state.batches > 0) return { state: { ...state, inspection }, actions: [] };
  const apps = new Map<string, AppState>();
  const actions: Action[] = [];
  for (const [name, app] of state.apps) {
    const found = unlike(drifts.filter((each) => each.app === name).map(plainDrift));
    const mends = rules.drift === 'mend' && found.some(({ onPurpose }) => !onPurpose);
    apps.set(name, mends ? mend({ ...app, drift: found }, nowMs) : { ...app, drift: found });
    for (const drift of found) {
      if (app.drift.some((known) => isSame(known, drift))) continue;
      actions.push({
        do: 'tell',
        news: { type: 'drifted', app: name, drift, mends: rules.drift === 'mend' && !drift.onPurpose },
      });
    }
  }
  const disabled = new Set(drifts.filter(({ holds }) => holds === true).map(({ app }) => app));
  const held = rules.drift === 'mend' ? [...disabled].filter((app) => apps.has(app)) : [];
  if (held.length > 0) actions.push({ do: 'hold', apps: held });
  const judged = judgeFound({ ...state, apps, inspection }, rules.drift === 'mend' ? unhealthy : [], nowMs);
  return { state: judged.state, actions: [...actions, ...judged.actions] };
}

function plainDrift({ instance, reason, onPurpose }: FoundDrift): Drift {
  return { instance, reason, onPurpose };
}

/** Each once: two links that are missing are one thing to tell. */
function unlike(drifts: readonly Drift[]): readonly Drift[] {
  return drifts.filter((each, at) => drifts.findIndex((other) => isSame(other, each)) === at);
}

function isSame(one: Drift, other: Drift): boolean {
  return one.instance === other.instance && one.reason === other.reason;
}
