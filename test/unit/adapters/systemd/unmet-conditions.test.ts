import { expect, test } from 'vitest';
import { unmetConditions } from '../../../../src/adapters/systemd/unmet-conditions.ts';

type Row = readonly [string, boolean, boolean, string, number];

const missing = (value: string, result: number, trigger = false, negated = false): Row => [
  'ConditionPathExists',
  trigger,
  negated,
  value,
  result,
];

function unmet(rows: readonly Row[], more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const properties: Readonly<Record<string, unknown>> = {
    ConditionResult: false,
    ConditionTimestamp: 1_700_000_000_000_000n,
    Conditions: rows,
    ...more,
  };
  return unmetConditions((name) => properties[name]);
}

test('what was met, or was never looked at, is not in the way', () => {
  expect(unmet([missing('/a', 1)], { ConditionResult: true })).toEqual([]);
  expect(unmet([missing('/a', 0)], { ConditionTimestamp: 0n })).toEqual([]);
  expect(unmet([])).toEqual([]);
});

test('the first that is not met is told as it is written, and not what systemd did not come to', () => {
  const rows = [missing('/a', 1), missing('/b', -1, false, true), missing('/c', 0), missing('/d', -1)];
  expect(unmet(rows)).toEqual(['ConditionPathExists=!/b']);
});

test('of triggers, of which one suffices, all are told, and none where another condition is in the way', () => {
  const triggers = [missing('/a', -1, true), missing('/b', -1, true)];
  expect(unmet([missing('/c', 1), ...triggers])).toEqual([
    'ConditionPathExists=|/a',
    'ConditionPathExists=|/b',
  ]);
  expect(unmet([...triggers, missing('/c', -1)])).toEqual(['ConditionPathExists=/c']);
});

test('after a reload, which has systemd forget which it was, all that may be are told', () => {
  expect(unmet([missing('/a', 0), missing('/b', 0)])).toEqual([
    'ConditionPathExists=/a',
    'ConditionPathExists=/b',
  ]);
});

test('assertions and ExecCondition= are told likewise', () => {
  const row: Row = ['AssertPathExists', false, false, '/a', -1];
  const asserts = { AssertResult: false, AssertTimestamp: 1n, Asserts: [row], ConditionResult: true };
  expect(unmet([], asserts)).toEqual(['AssertPathExists=/a']);
  const command = ['/bin/test', ['/bin/test', '-e', '/a'], false, 1n, 1n, 1n, 1n, 7, 1, 1];
  const skipped = { ConditionResult: true, Result: 'exec-condition', ExecCondition: [command] };
  expect(unmet([], skipped)).toEqual(['ExecCondition=/bin/test -e /a']);
});
