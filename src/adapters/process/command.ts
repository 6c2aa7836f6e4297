import { spawn } from 'node:child_process';

/** How a command ended. `status` is null when a signal ended it. */
export interface CommandOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Ended because timeoutMs passed. */
  readonly timedOut: boolean;
}

export interface CommandOptions {
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly input?: string | Uint8Array;
  /** So many characters of stdout are kept, the first ones; all when absent. */
  readonly stdoutLimit?: number;
  /** Told every piece of stderr as it comes. */
  readonly onStderr?: (text: string) => void;
  /** In a session of its own, where Ctrl-C at the terminal does not reach it. */
  readonly detached?: boolean;
}

// What is kept of stdout must hold the JSON of thousands of containers; of stderr only the end is of interest.
const stderrKept = 64 * 1024;

const graceMs = 5_000;

/** How long what a command that was ended has said is still read. */
const lastWordsMs = 500;

/** How a command is run: here, or on another host. */
export type RunCommand = typeof runCommand;

/**
 * Runs a command without a shell, with exactly the environment given. Rejects with the system's own error when it
 * cannot be started (ENOENT, EACCES, E2BIG), and when the signal aborts with its reason, once the command has ended
 * (SIGTERM, after 5 s SIGKILL). Any exit status resolves. What a command that was ended has started and left behind is not
 * awaited, though it hold the pipes.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandOutcome> {
  return new Promise((resolve, reject) => {
    const { detached = false } = options;
    const env = { ...options.environment };
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'], detached });
    const timers: NodeJS.Timeout[] = [];
    let timedOut = false;
    let stdout = '';
    let stderr = '';
    const letGo = (): void => {
      const close = (): void => [child.stdout, child.stderr].forEach((stream) => stream.destroy());
      timers.push(setTimeout(close, lastWordsMs));
    };
    const letGoAtEnd = (): void => {
      if (child.exitCode === null && child.signalCode === null) child.once('exit', letGo);
      else letGo();
    };
    const onAbort = (): void => {
      letGoAtEnd();
      child.kill('SIGTERM');
      timers.push(setTimeout(() => child.kill('SIGKILL'), graceMs));
    };
    const onTimeout = (): void => {
      timedOut = true;
      letGoAtEnd();
      child.kill('SIGKILL');
    };
    const settle = (): void => {
      timers.forEach(clearTimeout);
      options.signal?.removeEventListener('abort', onAbort);
    };
    if (options.timeoutMs !== undefined) timers.push(setTimeout(onTimeout, options.timeoutMs));
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted === true) onAbort();

    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(0, options.stdoutLimit);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-stderrKept);
      options.onStderr?.(text);
    });
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (status) => {
      settle();
      if (options.signal?.aborted === true) reject(options.signal.reason as Error);
      else resolve({ status, stdout, stderr, timedOut });
    });
    // A command that ends without reading its input closes the pipe; its exit status says what is wrong.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}
