import { expect, test } from 'vitest';
import { runOption, runOptions } from '../../../../src/core/model/run-options.ts';

test('no flag and no key stands twice in the table', () => {
  const flags = runOptions.map(({ flag }) => flag);
  const keys = runOptions.map(({ key }) => key);
  expect(flags).toEqual([...new Set(flags)]);
  expect(keys).toEqual([...new Set(keys)]);
});

test('what takes a value has an example and a word for it, a switch has neither', () => {
  for (const { flag, kind, value = '', example } of runOptions) {
    expect([value !== '', example !== ''], flag).toEqual(kind === 'switch' ? [false, false] : [true, true]);
  }
});

test('an option is found by its flag, and what the table lacks is not', () => {
  expect(runOption('cap-add')?.key).toBe('cap_add');
  expect(runOption('publish')).toBeUndefined();
});
