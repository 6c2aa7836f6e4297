import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:os';
import { attempt } from '../../errors/failure.ts';
import { paths } from '../../core/model/paths.ts';
import type { Files } from '../../ports/files.ts';
import type { AttachOptions } from '../../ports/host.ts';
import { endWith } from '../host/end-with.ts';
import { exportLines } from './export-lines.ts';
import { connectFailure, lostFailure } from './failure.ts';
import type { HostLink } from './link.ts';
import { quoteCommand } from './quote.ts';
import { terminalCommand } from './session-line.ts';
import { remotePath } from './shell-script.ts';

const sshFailed = 255;
const signalled = 128;
const rootOnly = 0o600;

/**
 * Runs a command on a host with gear's own stdin, stdout and stderr, on a terminal there where stdin is one here. stdin
 * is the command's, so what it is goes ahead in a file of root's, which removes itself first: no list of processes shows
 * a value. Resolves with its exit status, 128 and more when a signal ended it, or came before the start. FailureError HOST_….
 */
export async function attachRemote(
  link: HostLink,
  files: Files,
  command: readonly string[],
  { environment = {}, ...options }: AttachOptions = {},
): Promise<number> {
  const path = `${paths.notes}/attach-${randomBytes(8).toString('hex')}`;
  const lines = ['rm -f -- "$0"', `PATH=${remotePath}; export PATH`, ...exportLines(environment)];
  await files.write(path, `${lines.join('\n')}\nexec ${quoteCommand(command)}\n`, rootOnly);
  try {
    const { elevated } = await link.greeting();
    const argv = link.way.argv(terminalCommand(['/bin/sh', path], elevated, link.way));
    const { status, name } = await session(link, argv, options);
    return status ?? signalled + (name === null ? 0 : constants.signals[name]);
  } finally {
    // No status tells whether it has begun: sudo(8) that lets nobody in ends with 1, as the command may. Where the
    // connection is lost it stays, for root alone, until the host is booted.
    if (!link.lost.aborted) await attempt(() => files.remove(path));
  }
}

interface End {
  readonly status: number | null;
  readonly name: NodeJS.Signals | null;
}

function session(
  link: HostLink,
  [program, ...args]: readonly [string, ...string[]],
  { signal, quiet = false }: AttachOptions,
): Promise<End> {
  if (signal?.aborted) return Promise.resolve({ status: null, name: 'SIGTERM' });
  const terminal = ['-o', `RequestTTY=${process.stdin.isTTY ? 'force' : 'no'}`];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...terminal, ...args], {
      stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'],
    });
    const release = endWith(child, signal);
    child.once('error', (error) => {
      reject(connectFailure(link.address, error.message));
    });
    child.once('close', (status, name) => {
      release();
      if (status === sshFailed && link.lost.aborted) reject(lostFailure(link.address, ''));
      else resolve({ status, name });
    });
  });
}
