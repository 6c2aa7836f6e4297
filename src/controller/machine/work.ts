import { backOffMs } from './back-off.ts';
import type { Action, AppOutcome, Outcomes } from './events.ts';
import { going } from './presence.ts';
import type { Rules } from './rules.ts';
import { type AppState, type ControllerState, messagesOf } from './state.ts';

interface Step {
  readonly state: ControllerState;
  readonly actions: readonly Action[];
}

/** Begins what waits and may begin, in one change of the host: what is tried again does not hold back what is new. */
export function begin(state: ControllerState, nowMs: number, rules: Rules): Step {
  const apps = new Map(state.apps);
  const actions: Action[] = [];
  const start = (action: Extract<Action, { apps: unknown }>): void => {
    actions.push(action);
    for (const name of action.apps) {
      const app = apps.get(name);
      if (app !== undefined) apps.set(name, begun(app));
    }
  };
  const ready = [...apps].filter(([, app]) => mayBegin(app) && waitsUntil(app) <= nowMs);
  const named = (isMeant: (app: AppState) => boolean): readonly string[] =>
    ready.filter(([, app]) => isMeant(app)).map(([name]) => name);
  const asked = [
    { do: 'apply', apps: named((app) => app.presence.at !== 'going' && app.trouble === null) },
    { do: 'remove', apps: named((app) => app.presence.at === 'going') },
    { do: 'apply', apps: named((app) => app.presence.at !== 'going' && app.trouble !== null) },
  ] as const;
  for (const action of asked) {
    if (action.apps.length > 0 && state.batches + actions.length < rules.batches) start(action);
  }
  return { state: { ...state, apps, batches: state.batches + actions.length }, actions };
}

/** What is absent may be about to go, and of what was never read nothing can be applied. */
function mayBegin({ presence, wanted }: AppState): boolean {
  if (presence.at === 'going') return true;
  return wanted !== null && presence.at !== 'absent' && presence.at !== 'held';
}

function waitsUntil({ work }: AppState): number {
  return work.at === 'waiting' ? work.fromMs : Number.POSITIVE_INFINITY;
}

function begun(app: AppState): AppState {
  return app.presence.at === 'going'
    ? { ...app, work: { at: 'removing' } }
    : { ...app, restlessSinceMs: null, work: { at: 'applying', hash: app.wanted ?? '' } };
}

/** When something that waits may begin; null when nothing does, or all changes that may run at a time are under way. */
export function nextBeginMs(state: ControllerState, rules: Rules): number | null {
  if (state.batches >= rules.batches) return null;
  let nextMs = Number.POSITIVE_INFINITY;
  for (const app of state.apps.values()) {
    if (mayBegin(app)) nextMs = Math.min(nextMs, waitsUntil(app));
  }
  return Number.isFinite(nextMs) ? nextMs : null;
}

/** A change has ended. Where a newer version waits, its failures are of no interest any more. */
export function ended(state: ControllerState, outcomes: Outcomes, nowMs: number): Step {
  const apps = new Map(state.apps);
  const actions: Action[] = [];
  for (const [name, outcome] of outcomes) {
    const app = apps.get(name);
    if (app === undefined) continue;
    const next =
      app.work.at === 'removing' ? removedApp(app, outcome, nowMs) : appliedApp(app, outcome, nowMs);
    if (next === null) apps.delete(name);
    else apps.set(name, next);
    actions.push(tell(name, app, next, outcome, nowMs));
  }
  return { state: { ...state, apps, batches: state.batches - 1 }, actions };
}

function appliedApp(app: AppState, outcome: AppOutcome, nowMs: number): AppState {
  const hash = app.work.at === 'applying' ? app.work.hash : null;
  const done = outcome.ok ? { ...app, applied: hash, trouble: null } : app;
  if (app.presence.at === 'going') return going({ ...done, work: { at: 'settled' } }, nowMs);
  if (app.wanted !== hash) return { ...done, work: { at: 'waiting', fromMs: nowMs }, trouble: null };
  return outcome.ok ? { ...done, work: { at: 'settled' } } : failed(app, outcome, nowMs);
}

/** Null: it is gone. One whose file came back meanwhile is made again. */
function removedApp(app: AppState, outcome: AppOutcome, nowMs: number): AppState | null {
  if (app.presence.at !== 'going')
    return { ...app, applied: null, trouble: null, work: { at: 'waiting', fromMs: nowMs } };
  return outcome.ok ? null : failed(app, outcome, nowMs);
}

function failed(app: AppState, outcome: Extract<AppOutcome, { ok: false }>, nowMs: number): AppState {
  const attempts = (app.trouble?.attempts ?? 0) + 1;
  return {
    ...app,
    trouble: { attempts, failures: outcome.failures },
    work: { at: 'waiting', fromMs: nowMs + backOffMs(attempts, outcome.disturbing) },
  };
}

function tell(
  name: string,
  before: AppState,
  after: AppState | null,
  outcome: AppOutcome,
  nowMs: number,
): Action {
  if (outcome.ok)
    return { do: 'tell', news: { type: before.work.at === 'removing' ? 'removed' : 'applied', app: name } };
  return {
    do: 'tell',
    news: {
      type: 'failed',
      app: name,
      failures: outcome.failures,
      isNew: messagesOf(outcome.failures) !== messagesOf(before.trouble?.failures ?? []),
      attempts: after?.trouble?.attempts ?? 1,
      retryInMs: after?.work.at === 'waiting' ? after.work.fromMs - nowMs : 0,
    },
  };
}

/** The engine or systemd came back: what failed for want of it need not wait any longer. */
export function tryAgain(state: ControllerState, nowMs: number): ControllerState {
  const apps = [...state.apps].map(([name, app]): [string, AppState] => {
    const waits = app.work.at === 'waiting' && app.trouble !== null;
    return [name, waits ? { ...app, work: { at: 'waiting', fromMs: nowMs } } : app];
  });
  return { ...state, apps: new Map(apps) };
}

/** An app is not as it was applied: it is applied again, unless that waits already. */
export function mend(state: ControllerState, name: string, nowMs: number): ControllerState {
  const app = state.apps.get(name);
  if (app?.work.at !== 'settled') return state;
  const waiting: AppState = { ...app, work: { at: 'waiting', fromMs: nowMs } };
  return { ...state, apps: new Map([...state.apps, [name, waiting]]) };
}
