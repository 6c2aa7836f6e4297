import { arrival, type MoveNote } from '../../core/model/move-note.ts';
import { attempt, type Failure, FailureError } from '../../errors/failure.ts';
import { interrupted } from '../../errors/interrupted.ts';
import type { FlowContext } from '../context.ts';
import { startContainers } from '../start.ts';
import type { Between } from './between.ts';
import { instancesOf } from './hand-over.ts';

/** How far a command has come with a move. */
export interface Progress {
  /** It has begun to stop the app where it runs. */
  stops: boolean;
  /** It has begun to start it where it goes. */
  starts: boolean;
}

/**
 * Does the work; where it fails with the app stopped, and the other host surely runs nothing of it, the app is started
 * again where it was. It is not where another command has the move in hand. FailureError with all that failed.
 */
export async function orGoBack<T>(
  { from, to }: Between,
  note: MoveNote,
  timeoutMs: number,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress: Progress = { stops: false, starts: false };
  const result = await attempt(() => work(progress));
  if (result.ok) return result.value;
  const failures = to.signal.aborted ? [broken(note)] : result.failures;
  if (!progress.stops || failures.some(({ code }) => code === 'MOVED_ON'))
    throw new FailureError(...failures);
  if (progress.starts && !(await isHeld(to, note))) throw new FailureError(...failures, uncertain(note));
  // All of it was held.
  if (note.running.length === 0) throw new FailureError(...failures);
  const going = { ...from, signal: new AbortController().signal };
  const back = await startContainers(going, { names: [...note.running], wait: true, timeoutMs });
  if (!back.ok) throw new FailureError(...failures, ...back.failures.map(asSecond));
  from.emit({ type: 'notice', subject: note.app, message: `it runs on ${note.from} again` });
  throw new FailureError(...failures);
}

async function isHeld(to: FlowContext, note: MoveNote): Promise<boolean> {
  const there = await attempt(() => instancesOf(to, note.app));
  return there.ok && there.value.every(({ hold }) => hold?.reason === arrival(note));
}

function broken({ app, from, to }: MoveNote): Failure {
  return interrupted(
    `${app} is not moved`,
    `run the same command again, or leave it: gear rm ${to}/${app} takes away what is on ${to}; ${from} has it as before`,
  );
}

function uncertain({ app, from, to }: MoveNote): Failure {
  return {
    code: 'MOVED_ON',
    message: `${app} may run on ${to} already, so it is not started on ${from}`,
    next: `look there: gear status ${to}/${app}; then run the same command again, which finishes the move`,
    subject: app,
  };
}

function asSecond(failure: Failure): Failure {
  return { ...failure, message: `while going back: ${failure.message}` };
}
