import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostAddress } from '../../core/model/host-address.ts';
import type { FailureError } from '../../errors/failure.ts';
import { connectFailure, lostFailure, shellFailure, silentFailure } from './failure.ts';
import { type Greeting, readGreeting } from './greeting.ts';
import { shellByPassword, shellCommand } from './remote-command.ts';
import { RemoteShell } from './shell.ts';

/** Logging in over jumps, with a key that wants to be touched. */
const greetTimeoutMs = 15_000;
const complaintsKept = 8000;

/** A shell whose host has told what it is. */
export interface Connected {
  readonly shell: RemoteShell;
  readonly greeting: Greeting;
  /** Resolves with the reason when it has ended. */
  readonly ended: Promise<FailureError>;
}

/** What ssh(1) said in its place, and the failure that this is. */
export interface Refused {
  readonly said: string;
  readonly failure: FailureError;
}

export interface ShellParts {
  readonly address: HostAddress;
  /** What sudo(8) asks for; null where it asks for nothing, or nobody could be asked. */
  readonly password: string | null;
  /** Starts ssh(1) with a command for the login shell; `preface` is what stdin begins with. */
  readonly start: (remote: string, preface: string) => ChildProcessWithoutNullStreams;
  /** Whether the host has answered before: then an end is a loss. */
  readonly isConnected: () => boolean;
}

/** Opens a shell on the host, which greets with its first answer. */
export async function openShell(parts: ShellParts): Promise<Connected | Refused> {
  const { address, password } = parts;
  const mark = randomBytes(16).toString('hex');
  const child =
    password === null ? parts.start(shellCommand(mark), '') : parts.start(shellByPassword, `${password}\n`);
  const shell = new RemoteShell(child, mark);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-complaintsKept);
  });
  const ended = new Promise<FailureError>((resolve) => {
    child.once('error', (error) => {
      resolve(connectFailure(address, error.message));
    });
    child.once('close', (status) => {
      const failure = endFailure(parts, status, complaints);
      shell.end(failure);
      resolve(failure);
    });
  });
  const timeout = new AbortController();
  const nothing = silentFailure(address, greetTimeoutMs);
  const silent = sleep(greetTimeoutMs, nothing, { signal: timeout.signal }).catch(() => nothing);
  if (password === null) shell.expectFirst();
  const asked = shell.request('facts', []);
  const answer = await Promise.race([asked.catch(() => ended), ended, silent]);
  timeout.abort();
  if ('data' in answer) return { shell, greeting: readGreeting(answer.data), ended };
  shell.end(answer);
  return { said: complaints, failure: answer };
}

function endFailure(
  { address, isConnected }: ShellParts,
  status: number | null,
  complaints: string,
): FailureError {
  if (isConnected()) return lostFailure(address, complaints.trim().split('\n').at(-1) ?? '');
  // ssh(1) ends with 255 for errors of its own, and else as the command did.
  if (status === 255 || status === null) return connectFailure(address, complaints);
  return shellFailure(address, complaints);
}
