import { FailureError } from '../../errors/failure.ts';

/**
 * Runs journalctl and gives its stdout line by line. Aborting ends it without an error, and so does leaving
 * the loop. FailureError JOURNAL_FAILED, with its stderr, when it cannot be run or fails;
 * NOT_ROOT when the journal is not for this user.
 */
export async function* journalctl(
  [program, ...args]: readonly [string, ...string[]],
  signal?: AbortSignal,
  input = '',
): AsyncGenerator<string, void, undefined> {
  // Most commands never read the journal, and these two take longer to load than a unit's state to read.
  const [{ spawn }, { createInterface }] = await Promise.all([
    import('node:child_process'),
    import('node:readline'),
  ]);
  if (signal?.aborted) return;
  const child = spawn(program, args, { stdio: 'pipe' });
  // It may end before it has read it.
  child.stdin.on('error', () => undefined).end(input);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-MAX_COMPLAINTS_CHARACTERS);
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => {
      resolve(`${program} cannot be run: ${error.message}`);
    });
    child.on('close', (status) => {
      resolve(
        status === 0 ? undefined : `${program} ended with status ${String(status)}: ${complaints.trim()}`,
      );
    });
  });
  const stop = (): void => {
    child.kill();
  };
  signal?.addEventListener('abort', stop);
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
    const message = await ended;
    if (message === undefined || signal?.aborted) return;
    throw new FailureError(
      /insufficient permissions|permission denied/i.test(complaints)
        ? {
            code: 'NOT_ROOT',
            message: 'this user may not read the journal of the system',
            next: 'run the same command with sudo, or join the group systemd-journal',
          }
        : { code: 'JOURNAL_FAILED', message, next: 'look at systemctl status systemd-journald' },
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

const MAX_COMPLAINTS_CHARACTERS = 2000;
