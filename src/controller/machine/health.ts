import { restartBackOffMs } from './back-off.ts';
import type { Action } from './events.ts';
import { type ControllerState, isBusy, type Sickness } from './state.ts';

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
  const sick: Sickness = { app, restarts, lastMs: known?.lastMs ?? 0, fromMs };
  return {
    state: withSick(state, instance, sick),
    actions: [
      { do: 'tell', news: { type: 'unhealthy', app, instance, restartInMs: Math.round(fromMs - nowMs) } },
    ],
  };
}

/** Restarts what is sick and due, and whose app is not being changed. */
export function restartSick(state: ControllerState, nowMs: number): Step {
  let next = state;
  const actions: Action[] = [];
  for (const [instance, sick] of state.sick) {
    if (sick.fromMs === null || sick.fromMs > nowMs || !isFree(state, sick)) continue;
    actions.push({ do: 'restart', instance });
    next = withSick(next, instance, { ...sick, restarts: sick.restarts + 1, lastMs: nowMs, fromMs: null });
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

function isFree(state: ControllerState, { app }: Sickness): boolean {
  const found = state.apps.get(app);
  return found !== undefined && !isBusy(found);
}

function withSick(state: ControllerState, instance: string, sick: Sickness): ControllerState {
  return { ...state, sick: new Map([...state.sick, [instance, sick]]) };
}
