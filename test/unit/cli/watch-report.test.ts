import { expect, test } from 'vitest';
import { endOf } from '../../../src/cli/watch/watch-report.ts';
import { initialState } from '../../../src/controller/machine/state.ts';

test('a watch that was to do all once, and was interrupted before it had, has failed', () => {
  const begun = initialState([], 0);
  expect(endOf(begun, { once: true })).toMatchObject({ ok: false, failures: [{ code: 'INTERRUPTED' }] });
  const done = { ...begun, scan: { at: 'resting', nextMs: 1000, words: null } } as const;
  expect(endOf(done, { once: true })).toEqual({ ok: true, value: { apps: [], failures: [] } });
});

test('one that goes on until somebody ends it has not failed by that', () => {
  expect(endOf(initialState([], 0), { once: false })).toMatchObject({ ok: true });
});
