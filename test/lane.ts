import { spawn } from 'node:child_process';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { nothing, readOutcome, type Outcome } from './outcome.ts';
import type { Slots } from './slots.ts';

/** Suites that run in one vitest. */
export interface Lane {
  /** What vitest prints, held back until somebody reads it. */
  readonly output: PassThrough;
  readonly outcome: Promise<Outcome>;
}

const root = path.join(import.meta.dirname, '..');
/** More than vitest ever prints: a full pipe would stop it. */
const heldBytes = 256 * 1024 * 1024;

/** Starts vitest for the suites of these names, once there is a slot for it; with none, the lane is over at once. */
export function runLane(
  names: readonly string[],
  reportFile: string,
  options: readonly string[],
  slots: Slots,
): Lane {
  const output = new PassThrough({ highWaterMark: heldBytes });
  if (names.length === 0) return { output: output.end(), outcome: Promise.resolve(nothing) };
  return { output, outcome: slots.run(() => runVitest(names, reportFile, options, output)) };
}

function runVitest(
  names: readonly string[],
  reportFile: string,
  options: readonly string[],
  output: PassThrough,
): Promise<Outcome> {
  const args = [
    path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...names.map((name) => `--project=${name}`),
    ...['--reporter=default', `--reporter=${path.join(root, 'test', 'outcome-reporter.ts')}`],
    ...options,
  ];
  const env = {
    ...process.env,
    ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    GEAR_OUTCOME: reportFile,
  };
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  return new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      output.end();
      resolve(readOutcome(reportFile, status));
    });
  });
}
