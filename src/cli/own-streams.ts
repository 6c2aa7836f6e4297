import { endWithFailures } from './end-with-failures.ts';

/** What becomes of a command whose own output cannot be written. */
export function guardOwnStreams(): void {
  // Nobody is left who could be told, and a change must not end halfway because of that.
  process.stderr.on('error', () => undefined);
  // Before oclif's listener, which lets EPIPE pass, and for any other shows where in the program it is.
  process.stdout.prependListener('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    endWithFailures(
      [
        {
          code: isFull ? 'DISK_FULL' : 'FILE_FAILED',
          message: `stdout cannot be written: ${message}`,
          next: isFull
            ? 'free space where it leads to; what the command did is done'
            : 'let it lead elsewhere; what the command did is done',
        },
      ],
      null,
    );
    process.exit();
  });
}
