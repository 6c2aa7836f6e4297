import { attempt, FailureError, type Result } from '../../errors/failure.ts';
import type { WatchState } from '../../report/watch-state.ts';
import { hasWatchSocket, readWatchSocket } from './context.ts';

/** The state of the watch of this host; null when none runs. FailureError NOT_ROOT. */
async function askWatch(): Promise<WatchState | null> {
  const lines = await readWatchSocket('/state');
  if (lines === null) return null;
  for await (const line of lines) return JSON.parse(line) as WatchState;
  return null;
}

/** For `gear watch status`. FailureError WATCH_ABSENT, NOT_ROOT. */
export async function watchState(): Promise<Result<WatchState>> {
  return attempt(async () => {
    const state = await askWatch();
    if (state === null) throw noWatch();
    return state;
  });
}

/** The same where it may be asked. */
export async function askWatchIfAllowed(): Promise<WatchState | null> {
  if (!hasWatchSocket()) return null;
  const state = await attempt(askWatch);
  return state.ok ? state.value : null;
}

/** FailureError WATCH_ABSENT. */
export function noWatch(): FailureError {
  return new FailureError({
    code: 'WATCH_ABSENT',
    message: 'no gear watch runs on this host',
    next: 'gear watch /etc/apps, or as a service: gear watch /etc/apps --install',
  });
}
