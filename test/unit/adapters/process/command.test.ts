import { describe, expect, test } from 'vitest';
import { runCommand } from '../../../../src/adapters/process/command.ts';

const environment = { PATH: '/usr/bin:/bin' };
/** A command whose own child lives on for 8 s and holds its pipes. */
const leavesChild = (rest: string): readonly string[] => ['-c', `sleep 8 & ${rest}`];
/** Well before that child ends. */
const soon = 4_000;

describe('a command whose child holds its pipes', () => {
  const states = [
    ['still runs', 'wait'],
    ['has ended', 'exit 0'],
  ] as const;

  test.each(states)('is given up at its timeout where it %s', { timeout: soon }, async (_, rest) => {
    const outcome = await runCommand('/bin/sh', leavesChild(rest), { environment, timeoutMs: 300 });
    expect(outcome.timedOut).toBe(true);
  });

  test.each(states)('is given up when it is aborted where it %s', { timeout: soon }, async (_, rest) => {
    const stopped = new AbortController();
    const reason = new Error('no longer wanted');
    setTimeout(() => stopped.abort(reason), 300);
    const running = runCommand('/bin/sh', leavesChild(rest), { environment, signal: stopped.signal });
    await expect(running).rejects.toBe(reason);
  });

  test('is awaited to its last word where nothing bounds it', async () => {
    const outcome = await runCommand('/bin/sh', ['-c', '(sleep 1; echo late) & echo early'], { environment });
    expect(outcome.stdout).toBe('early\nlate\n');
  });
});
