import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readOutcome } from '../../outcome.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
// Where the import of vitest is found.
const cache = path.join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(path.join(cache, 'gear-outcome-'));
// vitest passes over node_modules.
writeFileSync(path.join(folder, 'vitest.config.js'), 'export default { test: { exclude: [] } };');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let runs = 0;

/** What a run of vitest over one file comes to. */
async function outcomeOf(body: string) {
  runs += 1;
  const name = `run${String(runs)}.test.ts`;
  writeFileSync(
    path.join(folder, name),
    `import { beforeAll, describe, expect, test } from 'vitest';\n${body}\n`,
  );
  const file = path.join(folder, `${name}.outcome`);
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporter = path.join(root, 'test', 'outcome-reporter.ts');
  const args = [vitest, 'run', '--root', folder, `--reporter=${reporter}`, name];
  const { VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...env } = process.env;
  const { status } = spawnSync(process.execPath, args, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...env, GEAR_OUTCOME: file },
  });
  return readOutcome(file, status);
}

describe('what a run of vitest came to', () => {
  test('is told by count, and each failed test with its file and message', async () => {
    const outcome = await outcomeOf(`
      test('a passes', () => {});
      test.skip('b is skipped', () => {});
      describe('c', () => { test('fails', () => { expect(1).toBe(2); }); });`);
    expect(outcome).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(outcome.failures[0]).toMatch(/^run1\.test\.ts: c > fails\n {2}AssertionError: expected 1 to be 2/);
  });

  test('names what failed before the tests of a group could run', async () => {
    const outcome = await outcomeOf(`
      describe('on a host', () => {
        beforeAll(() => { throw new Error('no host answers'); });
        test('never runs', () => {});
      });`);
    expect(outcome).toMatchObject({ passed: 0, failed: 1, skipped: 1 });
    expect(outcome.failures[0]).toMatch(/^run2\.test\.ts: on a host\n {2}Error: no host answers/);
  });

  test('counts a file that did not load', async () => {
    const outcome = await outcomeOf(`await import('./none.ts');`);
    expect(outcome.failed).toBe(1);
    expect(outcome.failures[0]).toContain('none.ts');
  });

  test('counts an error from outside every test', async () => {
    const outcome = await outcomeOf(`
      test('passes', () => { setTimeout(() => { throw new Error('too late'); }); return new Promise((r) => setTimeout(r, 20)); });`);
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.failures[0]).toContain('too late');
  });

  test('is a failure when vitest failed and no test did', async () => {
    const file = path.join(folder, 'passed.outcome');
    writeFileSync(file, JSON.stringify({ passed: 1, failed: 0, skipped: 0, failures: [] }));
    expect(await readOutcome(file, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('is a failure when there is no report', async () => {
    expect(await readOutcome(path.join(folder, 'none.json'), null)).toMatchObject({ passed: 0, failed: 1 });
  });
});
