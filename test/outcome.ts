import { readFile } from 'node:fs/promises';

/** How many tests ended in which way, and what is to be said of each that failed. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A text for each failure: where it is, its name, how it failed. */
  readonly failures: readonly string[];
}

export const nothing: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function add(a: Outcome, b: Outcome): Outcome {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** What test/outcome-reporter.ts wrote, and one failure where vitest failed without a word of what did. */
export async function readOutcome(file: string, status: number | null): Promise<Outcome> {
  const outcome = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Outcome,
    () => undefined,
  );
  if (outcome === undefined) return failedOnce(`vitest ended with status ${String(status)} and no report`);
  if (status === 0 || outcome.failures.length > 0) return outcome;
  return add(outcome, failedOnce(`vitest ended with status ${String(status)}, and no test failed`));
}

/** One failure that no test stands for. */
export const failedOnce = (failure: string): Outcome => ({ ...nothing, failed: 1, failures: [failure] });
