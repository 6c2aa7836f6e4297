import type { Rules } from './rules.ts';
import type { AppState } from './state.ts';

/** From when on the wanted version may be applied: at once, but for one that changes again and again, as by an editor that saves by itself. */
export function restsAtMs(
  { changedMs, restlessSinceMs }: Pick<AppState, 'changedMs' | 'restlessSinceMs'>,
  nowMs: number,
  { quietMs, mostRestlessMs }: Rules,
): number {
  if (restlessSinceMs === null) return nowMs;
  return Math.max(nowMs, Math.min(changedMs + quietMs, restlessSinceMs + mostRestlessMs));
}
