import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOutcome } from '../../outcome.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-outcome-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function outcomeOf(report: unknown, status: number | null) {
  const file = path.join(folder, 'report.json');
  await writeFile(file, JSON.stringify(report));
  return readOutcome(file, status);
}

const passed = { status: 'passed', fullName: 'a passes', failureMessages: [] };
const failed = { status: 'failed', fullName: 'b fails', failureMessages: ['\u001B[31mexpected 1\u001B[39m'] };
const counts = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 2 };

describe('what a run of vitest came to', () => {
  test('is told by count when all is well', async () => {
    const testResults = [{ name: '/x.test.ts', status: 'passed', assertionResults: [passed] }];
    expect(await outcomeOf({ ...counts, testResults }, 0)).toEqual({
      passed: 1,
      failed: 0,
      skipped: 2,
      failures: [],
    });
  });

  test('names each failed test with its file and message, without colours', async () => {
    const name = path.join(process.cwd(), 'test', 'x.test.ts');
    const testResults = [{ name, status: 'failed', assertionResults: [passed, failed] }];
    const outcome = await outcomeOf({ ...counts, numFailedTests: 1, testResults }, 1);
    expect(outcome).toMatchObject({ failed: 1, failures: ['test/x.test.ts: b fails\n  expected 1'] });
  });

  test('counts a file that did not load', async () => {
    const testResults = [
      { name: '/x.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ];
    const outcome = await outcomeOf({ ...counts, testResults }, 1);
    expect(outcome.failed).toBe(1);
    expect(outcome.failures[0]).toContain('no such module');
  });

  test('is a failure when vitest failed and no test did', async () => {
    const testResults = [{ name: '/x.test.ts', status: 'passed', assertionResults: [passed] }];
    expect(await outcomeOf({ ...counts, testResults }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('is a failure when there is no report', async () => {
    expect(await readOutcome(path.join(folder, 'none.json'), null)).toMatchObject({ passed: 0, failed: 1 });
  });
});
