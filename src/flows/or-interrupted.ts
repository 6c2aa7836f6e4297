import { type ErrorCode } from '../errors/codes.ts';
import { err, type Result } from '../errors/failure.ts';
import { interrupted } from '../errors/interrupted.ts';

/** What is told of a command that was run: Ctrl-C at a terminal ends it too, and it leaves no word about that. */
const ofCommands: readonly ErrorCode[] = ['ENGINE_FAILED', 'ENGINE_DOWN', 'FILE_FAILED', 'JOURNAL_FAILED'];

const broken = interrupted('what was begun is not finished');

/**
 * Runs a flow. Where it broke and the signal had come, that is told first, as INTERRUPTED: what was asked of the host may
 * have broken by the same signal, or before it.
 */
export async function orInterrupted<T>(
  signal: AbortSignal,
  flow: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const result = await flow();
    const isTold = result.ok || result.failures.some(({ code }) => !ofCommands.includes(code));
    return isTold || !signal.aborted ? result : err(broken, ...result.failures);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return err(broken);
  }
}
