import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { AttachOptions } from '../../ports/host.ts';
import { endWith } from './end-with.ts';

/** What a shell answers for a command that a signal ended, beside the number of the signal. */
const signalled = 128;

/**
 * Runs a command on this machine with gear's own stdin, stdout and stderr, as argv and never through a shell. Resolves
 * with its exit status, 128 and more when a signal ended it, or came before the start; rejects with the system's own error
 * when it cannot start.
 */
export function attachLocal(
  command: readonly string[],
  { environment = {}, signal, quiet = false }: AttachOptions = {},
): Promise<number> {
  if (signal?.aborted) return Promise.resolve(signalled + constants.signals.SIGTERM);
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: {
        PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin',
        TERM: process.env['TERM'] ?? 'dumb',
        ...environment,
      },
      stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'],
    });
    // A terminal sends Ctrl-C to the child too; what asks for the end of gear alone has to be handed on.
    const release = endWith(child, signal);
    child.once('error', reject);
    child.once('close', (status, name) => {
      release();
      resolve(status ?? signalled + (name === null ? 0 : constants.signals[name]));
    });
  });
}
