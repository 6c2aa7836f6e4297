import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

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

/** The part of vitest's JSON report that is read here; it has the form of Jest's. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly TestReport[];
}

interface TestReport {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages?: readonly string[] | null;
}

/** Enough to see the cause; the whole stands where the test ran. */
const messageCharacters = 1500;

/**
 * Counts what vitest reported, and one failure where it failed without a failed test: it ended before the report, a
 * file did not load, or an error came from outside every test.
 */
export async function readOutcome(reportFile: string, status: number | null): Promise<Outcome> {
  const report = await readFile(reportFile, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => undefined,
  );
  if (report === undefined) return failedOnce(`vitest ended with status ${String(status)} and no report`);
  const failures = report.testResults.flatMap(failuresOf);
  const counted = { passed: report.numPassedTests, skipped: report.numPendingTests };
  if (status !== 0 && failures.length === 0)
    return add(failedOnce(`vitest ended with status ${String(status)}, and every test passed`), {
      ...nothing,
      ...counted,
    });
  return { ...counted, failed: failures.length, failures };
}

const failedOnce = (failure: string): Outcome => ({ ...nothing, failed: 1, failures: [failure] });

function failuresOf({ name, status, message, assertionResults }: FileReport): readonly string[] {
  const file = path.relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [entry(file, message ?? '')] : [];
  return failed.map((test) => entry(`${file}: ${test.fullName}`, (test.failureMessages ?? []).join('\n')));
}

const entry = (title: string, message: string) =>
  `${title}\n${stripVTControlCharacters(message).slice(0, messageCharacters).replaceAll(/^/gmu, '  ')}`;
