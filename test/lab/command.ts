import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { LabError } from './errors.ts';
import { patienceMs } from './patience.ts';

export interface CommandOptions {
  /** What the command reads from its standard input; without it, nothing. */
  input?: string | Buffer;
  env?: Record<string, string>;
  /** After this long everything that the command started in its process group is killed, and the promise rejects. */
  timeoutMs?: number;
  /** Throw when the command fails (the default), with all that it said. One that does not end is told in any case. */
  check?: boolean;
  /** What the command is called in an error message, where the argv says more than one wants to read. */
  title?: string;
  /** Called with each line that the command writes, on either stream. */
  onLine?: (line: string) => void;
}

export interface CommandResult {
  stdout: string;
  stderr: string;
  /** The exit status, or 128 + the number of the signal that ended it. */
  code: number;
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment of everything that the lab starts: nothing of the caller's leaks into a host. */
export const cleanEnv: Readonly<Record<string, string>> = { PATH: path, HOME: '/root', LANG: 'C.UTF-8' };

/** Runs `argv` on this machine and resolves when it has ended and its output is read. */
export async function run(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [file, ...args] = argv;
  if (file === undefined) throw new LabError('an empty command');
  const timeoutMs = options.timeoutMs ?? patienceMs;
  const child = spawn(file, args, {
    env: { ...cleanEnv, ...options.env },
    // A group of its own, so that a timeout reaches grandchildren too.
    detached: true,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  // The command may end before it has read its input.
  child.stdin?.on('error', () => undefined).end(options.input);
  const limit = { passed: false };
  const timer = setTimeout(() => {
    limit.passed = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, timeoutMs);
  const stdout = collect(child.stdout, options.onLine);
  const stderr = collect(child.stderr, options.onLine);
  try {
    const code = await exitCode(child);
    // What the command left running in the background may keep its output open for ever.
    const grace = setTimeout(() => [child.stdout, child.stderr].map((stream) => stream?.destroy()), 1000);
    const result = { stdout: await stdout, stderr: await stderr, code };
    clearTimeout(grace);
    if (limit.passed || (code !== 0 && (options.check ?? true))) {
      const what = limit.passed ? `took longer than ${timeoutMs} ms` : `exited with ${code}`;
      throw new LabError(
        `${options.title ?? argv.join(' ')}: ${what}\n${result.stdout}${result.stderr}`.trimEnd(),
      );
    }
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves to the exit status of `child` (128 + n for a signal); rejects when it could not be started. */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** All that `stream` brings until it ends or is destroyed. */
function collect(stream: Readable | null, onLine?: (line: string) => void): Promise<string> {
  let text = '';
  let told = 0;
  return new Promise((resolve) => {
    if (stream === null) {
      resolve('');
      return;
    }
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf('\n', told); onLine && end !== -1; end = text.indexOf('\n', told)) {
        onLine(text.slice(told, end));
        told = end + 1;
      }
    });
    stream.on('close', () => resolve(text));
  });
}
