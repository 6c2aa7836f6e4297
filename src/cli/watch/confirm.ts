import { attempt, type Result } from '../../errors/failure.ts';
import type { FlowContext } from '../../flows/context.ts';
import { preflight } from '../../flows/preflight.ts';
import { noWatch } from './ask-watch.ts';
import { takeWatchLock } from './watch-lock.ts';

/** Tells the watch of this host that what it holds may go; it looks and removes by itself. */
export async function confirmHeld(context: FlowContext): Promise<Result<{ readonly pid: number }>> {
  return attempt(async () => {
    await preflight(context);
    const taken = await takeWatchLock(context);
    if ('lease' in taken) {
      await taken.lease.release();
      throw noWatch();
    }
    // Another confirm that has just found that none runs.
    if (taken.holder.command === context.command) throw noWatch();
    process.kill(taken.holder.pid, 'SIGUSR1');
    return { pid: taken.holder.pid };
  });
}
