import type { Failure } from '../errors/failure.ts';
import { endWithFailures } from './end-with-failures.ts';

/** What becomes of a command whose own output cannot be written: it goes on, for a change must not end halfway for that. */
export function guardOwnStreams(): void {
  // Nobody is left who could be told.
  process.stderr.on('error', () => undefined);
  let unwritten: Failure | undefined;
  process.stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    const { code, message } = error;
    // oclif's own listener, which comes next, lets that pass alone, and ends the program in the middle for any other.
    error.code = 'EPIPE';
    if (code === 'EPIPE' || unwritten !== undefined) return;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    unwritten = {
      code: isFull ? 'DISK_FULL' : 'FILE_FAILED',
      message: `stdout cannot be written: ${message}`,
      next: isFull ? 'free space where it leads to' : 'let it lead elsewhere',
    };
  });
  process.once('exit', (status) => {
    if (unwritten === undefined) return;
    endWithFailures([unwritten], null);
    // What the command itself came to says more.
    if (status !== 0) process.exitCode = status;
  });
}
