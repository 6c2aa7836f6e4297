import { FailureError } from '../../errors/failure.ts';
import type { CommandResult } from '../../ports/host.ts';
import { runCommand, type RunCommand } from '../process/command.ts';
import { errnoOf } from '../files/refusal.ts';

/** What a shell answers for a command that is not there, and timeout(1) for one that did not end. */
const notFound = 127;
const timedOut = 124;
const killed = 128;

/** systemd-analyze of a thousand units takes seconds; nothing that gear runs takes a minute. */
const defaultTimeoutMs = 60_000;
const stdoutLimit = 8 * 1024 * 1024;

/**
 * Runs a command on this machine, as argv and never through a shell, with PATH and the C locale alone as environment.
 * Any way of ending is an answer: 127 when there is no such command, 124 when it was ended after `timeoutMs`, 128
 * when a signal ended it. stdout beyond 8 Mi characters is cut.
 */
export async function runLocal(
  command: readonly string[],
  input?: string | Uint8Array,
  { timeoutMs = defaultTimeoutMs, environment = {} }: Pick<HostCommand, 'timeoutMs' | 'environment'> = {},
): Promise<CommandResult> {
  const path = process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin';
  const given = input === undefined ? {} : { input };
  return runBy(runCommand, path, { command, timeoutMs, environment, ...given });
}

export interface HostCommand {
  readonly command: readonly string[];
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** Beside PATH and the locale. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The same by whatever runs commands on the host that is meant, with that PATH. */
export async function runBy(
  run: RunCommand,
  path: string,
  { command, input, timeoutMs = defaultTimeoutMs, environment: more = {} }: HostCommand,
): Promise<CommandResult> {
  const [file = '', ...args] = command;
  const environment = { PATH: path, LC_ALL: 'C.UTF-8', ...more };
  try {
    const given = input === undefined ? {} : { input };
    const outcome = await run(file, args, { environment, timeoutMs, stdoutLimit, ...given });
    const { stdout, stderr } = outcome;
    if (outcome.timedOut)
      return {
        status: timedOut,
        stdout,
        stderr: `${stderr}${file} did not end within ${timeoutMs / 1000} s\n`,
      };
    return { status: outcome.status ?? killed, stdout, stderr };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT') return { status: notFound, stdout: '', stderr: `${file}: command not found\n` };
    if (errno === null) throw error;
    throw new FailureError({
      code: 'FILE_FAILED',
      message: `cannot run ${file}: ${errno}`,
      next: `see whether it can be executed: ls -l ${file}`,
      subject: file,
    });
  }
}
