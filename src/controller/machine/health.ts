import { restartBackOffMs } from './back-off.ts';
import type { Action, ControllerEvent } from './events.ts';
import { type ControllerState, isBusy, messagesOf, type Sickness } from './state.ts';

interface Step {
  readonly state: ControllerState;
  readonly actions: readonly Action[];
}

/** After so long without a failed check, a container counts as well. */
const recoveredMs = 600_000;

/** A container is restarted when its check fails: at once the first time, later each time after that. */
export function judgeHealth(
  state: ControllerState,
  { instance, healthy }: { readonly instance: string; readonly healthy: boolean },
  nowMs: number,
): Step {
  const app = instance.split('.', 1)[0] ?? instance;
  const known = state.sick.get(instance);
  if (!state.apps.has(app)) return { state, actions: [] };
  if (healthy) {
    // It may pass between two failures; what is remembered is how often it was restarted.
    if (known === undefined) return { state, actions: [] };
    return { state: withSick(state, instance, { ...known, fromMs: null }), actions: [] };
  }
  if (known !== undefined && known.fromMs !== null) return { state, actions: [] };
  const restarts = known === undefined || nowMs - known.lastMs > recoveredMs ? 0 : known.restarts;
  const fromMs = restarts === 0 ? nowMs : Math.max(nowMs, (known?.lastMs ?? 0) + restartBackOffMs(restarts));
  const sick = { ...(known ?? firstSickness(app)), restarts, fromMs };
  return {
    state: withSick(state, instance, sick),
    actions: [
      { do: 'tell', news: { type: 'unhealthy', app, instance, restartInMs: Math.round(fromMs - nowMs) } },
    ],
  };
}

/** What was found unhealthy: it may have turned so while nobody listened. What is being restarted may yet run as it was. */
export function judgeFound(state: ControllerState, unhealthy: readonly string[], nowMs: number): Step {
  let next = state;
  const actions: Action[] = [];
  for (const instance of unhealthy) {
    if (next.sick.get(instance)?.isRestarting === true) continue;
    const judged = judgeHealth(next, { instance, healthy: false }, nowMs);
    next = judged.state;
    actions.push(...judged.actions);
  }
  return { state: next, actions };
}

/**
 * A restart that could not be done is tried again: the engine tells of a check only when it changes. One that was not
 * needed after all does not count.
 */
export function restarted(
  state: ControllerState,
  { instance, failures, done = true }: Extract<ControllerEvent, { type: 'restarted' }>,
  nowMs: number,
): Step {
  const known = state.sick.get(instance);
  if (known === undefined) return { state, actions: [] };
  const ended = { ...known, isRestarting: false, failures };
  if (!done) {
    const uncounted = { ...ended, restarts: known.restarts - 1, lastMs: known.priorMs };
    return { state: withSick(state, instance, uncounted), actions: [] };
  }
  if (failures.length === 0) return { state: withSick(state, instance, ended), actions: [] };
  const fromMs = known.fromMs ?? nowMs + restartBackOffMs(known.restarts);
  const isNew = messagesOf(known.failures) !== messagesOf(failures);
  const news = { app: known.app, failures, isNew, attempts: known.restarts, retryInMs: fromMs - nowMs };
  return {
    state: withSick(state, instance, { ...ended, fromMs }),
    actions: [{ do: 'tell', news: { type: 'failed', ...news } }],
  };
}

/** Restarts what is sick and due, and whose app is not being changed. */
export function restartSick(state: ControllerState, nowMs: number): Step {
  let next = state;
  const actions: Action[] = [];
  for (const [instance, sick] of state.sick) {
    if (sick.fromMs === null || sick.fromMs > nowMs || !isFree(state, sick)) continue;
    actions.push({ do: 'restart', instance });
    const restarts = sick.restarts + 1;
    const begun = { restarts, lastMs: nowMs, priorMs: sick.lastMs, fromMs: null, isRestarting: true };
    next = withSick(next, instance, { ...sick, ...begun });
  }
  return { state: next, actions };
}

/** When the next restart is due; null when none is. */
export function nextRestartMs(state: ControllerState): number | null {
  let nextMs: number | null = null;
  for (const sick of state.sick.values()) {
    if (sick.fromMs !== null && isFree(state, sick)) nextMs = Math.min(nextMs ?? sick.fromMs, sick.fromMs);
  }
  return nextMs;
}

function isFree(state: ControllerState, { app, isRestarting }: Sickness): boolean {
  const found = state.apps.get(app);
  return found !== undefined && !isBusy(found) && !isRestarting;
}

function firstSickness(app: string): Sickness {
  return { app, restarts: 0, lastMs: 0, priorMs: 0, fromMs: null, isRestarting: false, failures: [] };
}

function withSick(state: ControllerState, instance: string, sick: Sickness): ControllerState {
  return { ...state, sick: new Map([...state.sick, [instance, sick]]) };
}
