import type { Action, ControllerEvent } from './events.ts';
import type { Rules } from './rules.ts';
import type { ControllerState } from './state.ts';
import { failed, tell } from './work.ts';

/**
 * The images of an app were fetched, so that it is applied now, or could not be, so that it is tried again later. Of a
 * version that is not wanted any more nothing follows: whatever is wanted instead waits already.
 */
export function fetched(
  state: ControllerState,
  { app: name, hash, outcome }: Extract<ControllerEvent, { type: 'fetched' }>,
  nowMs: number,
  rules: Rules,
): { readonly state: ControllerState; readonly actions: readonly Action[] } {
  const app = state.apps.get(name);
  if (app?.work.at !== 'fetching' || app.work.hash !== hash) return { state, actions: [] };
  const next = outcome.ok
    ? { ...app, work: { at: 'waiting', fromMs: togetherMs(nowMs, rules), fetched: true } as const }
    : failed(app, outcome, nowMs);
  return {
    state: { ...state, apps: new Map([...state.apps, [name, next]]) },
    actions: outcome.ok ? [] : [tell(name, app, next, outcome, nowMs)],
  };
}

/** The same for all whose images come at about the same time, such as those of one image. */
function togetherMs(nowMs: number, { debounceMs }: Rules): number {
  return (Math.floor(nowMs / debounceMs) + 1) * debounceMs;
}
