import { attempt, type Result } from '../../errors/failure.ts';
import { newsWriter } from '../../report/watch-writer.ts';
import { readWatchSocket } from './context.ts';
import { noWatch } from './ask-watch.ts';
import type { WatchEvent } from './hub.ts';

/** Writes what the watch of this host tells until it ends, or the signal aborts. FailureError WATCH_ABSENT. */
export async function followEvents(signal: AbortSignal, json: boolean): Promise<Result<null>> {
  return attempt(async () => {
    const lines = await readWatchSocket('/events', signal);
    if (lines === null) throw noWatch();
    const write = newsWriter(json);
    for await (const line of lines) {
      const value = JSON.parse(line) as Partial<WatchEvent>;
      // The first line is the state of all, for programs.
      if (json || value.type !== undefined) write(value as WatchEvent);
    }
    return null;
  });
}
