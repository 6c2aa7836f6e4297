import { expect, test } from 'vitest';
import { standingStages } from '../../../../src/core/plan/standing.ts';

/** Generations as `form command`, numbered from 1; the forms that stand, with the generation of each. */
const standing = (...stages: readonly string[]): string =>
  standingStages(
    stages.map((each, index) => ({
      generation: index + 1,
      form: each.slice(0, 1),
      command: each.slice(2) || 'set web',
    })),
  )
    .map(({ form, generation }) => `${form}${String(generation)}`)
    .join(' ');

test.each([
  [['A', 'B', 'C'], 'A1 B2 C3'],
  [['A', 'A', 'B'], 'A2 B3'],
  [['A', 'B', 'A'], 'A1 B2 A3'],
  [['A', 'B', 'C', 'B rollback web'], 'A1 B4'],
  [['A', 'B', 'C', 'B rollback web', 'A rollback shop'], 'A5'],
  [['A', 'B', 'C', 'B rollback web', 'D'], 'A1 B4 D5'],
  [['A', 'B', 'A set web (taken back)'], 'A3'],
  [['A', 'B', 'A rollback web', 'B rollback web'], 'A3 B4'],
  [['B', 'A rollback web'], 'B1 A2'],
])('of %j stand %s', (stages, expected) => {
  expect(standing(...stages)).toBe(expected);
});
