import { expect, test } from 'vitest';
import { reportOf } from '../../../src/cli/watch/watch-report.ts';
import { initialState } from '../../../src/controller/machine/state.ts';

test('a watch that was to do all once, and was interrupted before it had, says so', () => {
  const begun = initialState([], 0);
  expect(reportOf(begun, { once: true }).failures).toMatchObject([{ code: 'INTERRUPTED' }]);
  const done = { ...begun, scan: { at: 'resting', nextMs: 1000, words: null } } as const;
  expect(reportOf(done, { once: true }).failures).toEqual([]);
});

test('one that goes on until somebody ends it has not failed by that', () => {
  expect(reportOf(initialState([], 0), { once: false }).failures).toEqual([]);
});
