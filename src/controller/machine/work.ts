import { backOffMs } from './back-off.ts';
import type { Action, AppOutcome, Outcomes } from './events.ts';
import { going } from './presence.ts';
import { mendsLately } from './mending.ts';
import { restsAtMs } from './restless.ts';
import { isGathering } from './scanning.ts';
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
  const ready = [...apps].filter(([, app]) => mayBegin(app, state) && waitsUntil(app, state) <= nowMs);
  const named = (isMeant: (app: AppState) => boolean): readonly string[] =>
    ready.filter(([, app]) => isMeant(app)).map(([name]) => name);
  const isFresh = (app: AppState): boolean => app.presence.at !== 'going' && !isMend(app);
  const asked = [
    { do: 'apply', apps: named((app) => isFresh(app) && app.trouble === null) },
    { do: 'remove', apps: named((app) => app.presence.at === 'going') },
    { do: 'mend', apps: named((app) => app.presence.at !== 'going' && isMend(app)) },
    { do: 'apply', apps: named((app) => isFresh(app) && app.trouble !== null) },
  ] as const;
  const start = (action: (typeof asked)[number]): void => {
    actions.push(action);
    for (const name of action.apps) {
      const app = apps.get(name);
      if (app !== undefined) apps.set(name, begun(app));
    }
  };
  for (const action of asked) {
    if (action.apps.length > 0 && state.batches + actions.length < rules.batches) start(action);
  }
  return { state: { ...state, apps, batches: state.batches + actions.length }, actions };
}

/** What is absent may be about to go; a version is applied only while its file is there, and good. */
function mayBegin(app: AppState, { scan }: ControllerState): boolean {
  const { presence } = app;
  if (presence.at === 'going') return true;
  if (isMend(app)) return presence.at !== 'absent' && presence.at !== 'held';
  return presence.at === 'present' && app.wanted !== null && !isGathering(scan);
}

function waitsUntil(app: AppState, { scan }: ControllerState): number {
  const { work, presence } = app;
  if (work.at !== 'waiting') return Number.POSITIVE_INFINITY;
  // Files that may still be written are no matter of what was applied before, and of what goes.
  if (isMend(app) || presence.at === 'going' || scan.words === null) return work.fromMs;
  return Math.max(work.fromMs, scan.words.settlesMs);
}

function isMend({ work }: AppState): boolean {
  return work.at === 'waiting' && work.mends === true;
}

function begun(app: AppState): AppState {
  if (app.presence.at === 'going') return { ...app, work: { at: 'removing' } };
  return isMend(app)
    ? { ...app, work: { at: 'mending' } }
    : { ...app, restlessSinceMs: null, work: applying(app) };
}

function applying({ wanted, work }: AppState): AppState['work'] {
  const fetched = work.at === 'waiting' && work.fetched === true;
  return { at: 'applying', hash: wanted ?? '', ...(fetched ? { fetched } : {}) };
}

/** When something that waits may begin; null when nothing does, or all changes that may run at a time are under way. */
export function nextBeginMs(state: ControllerState, rules: Rules): number | null {
  if (state.batches >= rules.batches) return null;
  let nextMs = Number.POSITIVE_INFINITY;
  for (const app of state.apps.values()) {
    if (mayBegin(app, state)) nextMs = Math.min(nextMs, waitsUntil(app, state));
  }
  return Number.isFinite(nextMs) ? nextMs : null;
}

/** A change has ended. Where a newer version waits, its failures are of no interest any more. */
export function ended(state: ControllerState, outcomes: Outcomes, nowMs: number, rules: Rules): Step {
  const apps = new Map(state.apps);
  const actions: Action[] = [];
  const lacking: { readonly app: string; readonly hash: string }[] = [];
  for (const [name, outcome] of outcomes) {
    const app = apps.get(name);
    if (app === undefined) continue;
    const next = endedApp(app, outcome, nowMs, rules);
    if (next === null) apps.delete(name);
    else apps.set(name, next);
    // That an image has to be fetched is no news; that it cannot be will be.
    if (next?.work.at === 'fetching') lacking.push({ app: name, hash: next.work.hash });
    else actions.push(tell(name, app, next, outcome, nowMs));
  }
  if (lacking.length > 0) actions.push({ do: 'fetch', apps: lacking });
  return { state: { ...state, apps, batches: state.batches - 1 }, actions };
}

function endedApp(app: AppState, outcome: AppOutcome, nowMs: number, rules: Rules): AppState | null {
  switch (app.work.at) {
    case 'removing':
      return removedApp(app, outcome, nowMs);
    case 'mending':
      return mendedApp(app, outcome, nowMs, rules);
    case 'applying':
    case 'fetching':
    case 'waiting':
    case 'settled':
      return appliedApp(app, outcome, nowMs, rules);
  }
}

function appliedApp(app: AppState, outcome: AppOutcome, nowMs: number, rules: Rules): AppState {
  const { work } = app;
  const hash = work.at === 'applying' ? work.hash : null;
  const done = outcome.ok ? { ...app, applied: hash, trouble: null } : app;
  if (app.presence.at === 'going') return going({ ...done, work: { at: 'settled' } }, nowMs);
  if (app.wanted !== hash)
    return { ...done, work: { at: 'waiting', fromMs: restsAtMs(app, nowMs, rules) }, trouble: null };
  if (outcome.ok) return { ...done, work: { at: 'settled' } };
  const isFetched = work.at === 'applying' && work.fetched === true;
  return outcome.lacksImages === true && !isFetched && hash !== null
    ? { ...app, work: { at: 'fetching', hash } }
    : failed(app, outcome, nowMs);
}

/** Null: it is gone. One whose file came back meanwhile is made again. */
function removedApp(app: AppState, outcome: AppOutcome, nowMs: number): AppState | null {
  if (app.presence.at !== 'going')
    return { ...app, applied: null, trouble: null, work: { at: 'waiting', fromMs: nowMs } };
  return outcome.ok ? null : failed(app, outcome, nowMs);
}

/** Where another version waits, or is tried again later, that is what comes next. */
function mendedApp(app: AppState, outcome: AppOutcome, nowMs: number, rules: Rules): AppState {
  const mended = { count: mendsLately(app, nowMs) + 1, atMs: nowMs };
  const done: AppState = {
    ...app,
    mended,
    drift: outcome.ok ? app.drift.filter(({ onPurpose }) => onPurpose) : app.drift,
    work: { at: 'settled' },
  };
  if (app.presence.at === 'going') return going(done, nowMs);
  if (app.wanted !== null && app.wanted !== app.applied)
    return {
      ...done,
      work: { at: 'waiting', fromMs: Math.max(restsAtMs(app, nowMs, rules), app.trouble?.retryMs ?? nowMs) },
    };
  if (outcome.ok) return { ...done, trouble: null };
  const next = failed(app, outcome, nowMs);
  return { ...next, mended, work: { at: 'waiting', fromMs: next.trouble?.retryMs ?? nowMs, mends: true } };
}

/** It is tried again, later each time. */
export function failed(app: AppState, outcome: Extract<AppOutcome, { ok: false }>, nowMs: number): AppState {
  const attempts = (app.trouble?.attempts ?? 0) + 1;
  const retryMs = nowMs + backOffMs(attempts, outcome.disturbing);
  return {
    ...app,
    trouble: { attempts, failures: outcome.failures, retryMs },
    work: { at: 'waiting', fromMs: retryMs },
  };
}

const doneWords = {
  settled: 'applied',
  waiting: 'applied',
  fetching: 'applied',
  applying: 'applied',
  mending: 'mended',
  removing: 'removed',
} as const;

/** The news of what became of an app. */
export function tell(
  name: string,
  before: AppState,
  after: AppState | null,
  outcome: AppOutcome,
  nowMs: number,
): Action {
  if (outcome.ok) return { do: 'tell', news: { type: doneWords[before.work.at], app: name } };
  return {
    do: 'tell',
    news: {
      type: 'failed',
      app: name,
      failures: outcome.failures,
      isNew: messagesOf(outcome.failures) !== messagesOf(before.trouble?.failures ?? []),
      attempts: after?.trouble?.attempts ?? 1,
      retryInMs: after?.work.at === 'waiting' ? Math.round(after.work.fromMs - nowMs) : 0,
    },
  };
}

/** The engine or systemd came back: what failed for want of it need not wait any longer. */
export function tryAgain(state: ControllerState, nowMs: number): ControllerState {
  const apps = [...state.apps].map(([name, app]): [string, AppState] => {
    const waits = app.work.at === 'waiting' && app.trouble !== null;
    return [name, waits ? { ...app, work: { ...app.work, fromMs: nowMs } } : app];
  });
  return { ...state, apps: new Map(apps) };
}
