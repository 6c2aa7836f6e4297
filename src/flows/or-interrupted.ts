import { type ErrorCode } from '../errors/codes.ts';
import { err, type Result } from '../errors/failure.ts';

/** What is told of a command that was run: Ctrl-C at a terminal ends it too, and it leaves no word about that. */
const ofCommands: readonly ErrorCode[] = ['ENGINE_FAILED', 'ENGINE_DOWN', 'FILE_FAILED', 'JOURNAL_FAILED'];

/** Runs a flow. What broke only because the signal ended it is told as INTERRUPTED, and not as a fault of the host. */
export async function orInterrupted<T>(
  signal: AbortSignal,
  flow: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const result = await flow();
    const isTold = result.ok || result.failures.some(({ code }) => !ofCommands.includes(code));
    if (isTold || !signal.aborted) return result;
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  }
  return err({
    code: 'INTERRUPTED',
    message: 'interrupted: what was begun is not finished',
    next: 'run the same command again',
  });
}
