import { backOffMs } from './back-off.ts';
import type { AppState } from './state.ts';

/** After so long without, an app that drifts is mended at once again. */
const forgottenMs = 600_000;

/** How often it was mended lately. */
export function mendsLately({ mended }: AppState, nowMs: number): number {
  return mended === null || nowMs - mended.atMs > forgottenMs ? 0 : mended.count;
}

/** An app is not as declared: it is mended, the sooner the less often that was needed lately. */
export function mend(app: AppState, nowMs: number): AppState {
  const { work, presence, trouble } = app;
  // What is about to be applied is mended by that; what is tried again later, or lacks its file, is not.
  const isOff = trouble !== null || presence.at === 'invalid' || presence.at === 'adrift';
  if (work.at !== 'settled' && !(work.at === 'waiting' && work.mends !== true && isOff)) return app;
  const count = mendsLately(app, nowMs);
  const fromMs = count === 0 ? nowMs : Math.max(nowMs, (app.mended?.atMs ?? nowMs) + backOffMs(count, false));
  return { ...app, work: { at: 'waiting', fromMs, mends: true } };
}
