import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';

/**
 * Starts a long-lived helper of this process. In a session of its own, so that Ctrl-C at the terminal reaches gear
 * alone, which then ends the helper when it is done with it. BASH_ENV and the like do not reach it.
 */
export function startLocal(command: readonly string[]): ChildProcessWithoutNullStreams {
  const [file = '', ...args] = command;
  const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
  return spawn(file, args, { stdio: 'pipe', detached: true, env, cwd: '/' });
}
