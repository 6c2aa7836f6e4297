import { spawn } from 'node:child_process';

const stderrKept = 8000;

/** How a command whose stdout was read to its end has ended; `status` is null when a signal ended it. */
export interface StreamEnd {
  readonly status: number | null;
  readonly stderr: string;
}

/**
 * What a command writes to stdout, as it comes, with exactly the environment given and without a shell. `judge` is told
 * how it ended, and may throw. Whoever stops reading ends the command. Rejects with the system's error when it cannot
 * be started.
 */
export async function* streamCommand(
  [command, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  judge: (end: StreamEnd) => void,
  input = '',
): AsyncGenerator<Uint8Array> {
  // In a session of its own: Ctrl-C at the terminal reaches gear alone, which then ends it.
  const child = spawn(command, args, {
    env: { ...environment },
    stdio: 'pipe',
    detached: true,
  });
  // The command may end before it has read it.
  child.stdin.on('error', () => undefined).end(input);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // It is awaited once stdout has ended; until then nobody listens.
  ended.catch(() => undefined);
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    judge({ status: await ended, stderr });
  } finally {
    child.kill();
  }
}
