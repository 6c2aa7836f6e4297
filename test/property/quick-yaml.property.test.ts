import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentKey, fullYaml, quickYaml } from '../../src/core/descriptor/export/quick-yaml.ts';

const tricky = fc.constantFrom(
  ...['', 'a b', 'yes', 'No', 'y', '0x1F', '1e3', '22:22', '8080:80', '20000:8080', '2026-01-02', '-', '--'],
  ...['- a', '-x', '-1', '.5', '.inf', '/a', './a', '../b:/c', 'a: b', 'a:', 'a #b', '#a', '"', "'", '\\n'],
  ...['[a]', 'a,b', '{a}', '${A:?}', '$$', '*a', '&a', '!a', '@a', '`a', '%a', '~', 'null', '<<', '=', '5s'],
  ...[
    '---',
    '...',
    'a\tb',
    ' a',
    'a ',
    'é',
    '\u2028',
    '0',
    '007',
    '+1',
    '1_000',
    '0b1',
    '1.10',
    'a:b:c',
    '?',
  ],
);
const text = fc.oneof(tricky, fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 }));
const key = fc.oneof(
  fc.constantFrom('containers', 'command', 'networks', 'exec', 'files', 'env', '0', 'yes', 'a b', '-x', '#'),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));
const map = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 });

/** The paths of keys, through maps alone. */
function pathsOf(given: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  return Object.entries(given).flatMap(([name, item]) => [
    [...path, name],
    ...pathsOf(item, [...path, name]),
  ]);
}

test('quick YAML is character by character what the library writes', () => {
  let quick = 0;
  fc.assert(
    fc.property(map, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (given, numbers) => {
      const commented = [[], ...pathsOf(given)].filter(() => numbers.next().value === 0);
      const comments = new Map(commented.map((path) => [commentKey(path), ['why', 'and how']]));
      const text = quickYaml(given, comments);
      if (text === undefined) return;
      quick += 1;
      expect(text).toBe(fullYaml(given, comments));
    }),
    { numRuns: 2000 },
  );
  expect(quick).toBeGreaterThan(500);
});
