import { fork, spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { add, failedOnce, nothing, readOutcome, type Outcome } from './outcome.ts';

/** A vitest that runs beside others. */
export interface Lane {
  /** What vitest prints, held back until somebody reads it. */
  readonly output: PassThrough;
  readonly outcome: Promise<Outcome>;
}

const root = path.join(import.meta.dirname, '..');
/** More than vitest ever prints: a full pipe would stop it. */
const heldBytes = 256 * 1024 * 1024;
/** Of what has time: it takes from hosts, which promise times, little that they could use. */
const behind = 5;

/** Starts a vitest for whole suites, behind everything else; without any, the lane is over at once. */
export function runSuites(names: readonly string[], reportFile: string): Lane {
  if (names.length === 0) return { output: new PassThrough().end(), outcome: Promise.resolve(nothing) };
  const args = [
    path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...names.map((name) => `--project=${name}`),
    ...['--reporter=default', `--reporter=${path.join(root, 'test', 'outcome-reporter.ts')}`],
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(reportFile),
  });
  if (child.pid !== undefined) setPriority(child.pid, behind);
  return laneOf(child, reportFile);
}

/** Starts a vitest that takes files of these suites from the queue, until that is empty. */
export function runQueue(names: readonly string[], queue: string[], reportFile: string): Lane {
  const child = fork(path.join(root, 'test', 'hosts-lane.ts'), names, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: environment(reportFile),
  });
  let taken: string | undefined;
  child.on('message', () => {
    taken = queue.shift();
    // Where it has died meanwhile, that is told when it is closed.
    child.send({ file: taken }, () => undefined);
  });
  const { output, outcome } = laneOf(child, reportFile);
  const died = () => (taken === undefined ? nothing : failedOnce(`a lane ended in ${taken}`));
  return { output, outcome: outcome.then((sum) => add(sum, died())) };
}

function environment(reportFile: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    NODE_ENV: 'test',
    GEAR_OUTCOME: reportFile,
  };
}

function laneOf(child: ChildProcess, reportFile: string): Lane {
  const output = new PassThrough({ highWaterMark: heldBytes });
  child.stdout?.pipe(output, { end: false });
  child.stderr?.pipe(output, { end: false });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      output.end();
      resolve(readOutcome(reportFile, status));
    });
  });
  return { output, outcome };
}
