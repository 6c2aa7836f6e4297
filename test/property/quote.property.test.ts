import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteCommand, quoteWord } from '../../src/adapters/ssh/quote.ts';

const run = promisify(execFile);

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.stringMatching(/^[ab '"\\$`!*?~#&;|<>(){}[\]=%^\n\t\r-]{0,40}$/),
  fc.constantFrom(
    '',
    '-n',
    '--',
    '$(id)',
    '`id`',
    "'",
    "\\'",
    '~root',
    '!!',
    '%1',
    'A=b',
    '{a,b}',
    '*',
    '\n',
  ),
);

test.each(['/bin/sh', 'bash'])(
  '%s reads every word back as it was, and runs nothing of it',
  async (shell) => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 8 }), async (words) => {
        const whole = words.map((word) => word.replaceAll('\0', ''));
        const line = `printf '%s\\0' ${quoteCommand(whole)}`;
        const { stdout } = await run(shell, ['-c', line], { env: {}, encoding: 'utf8' });
        expect(stdout.split('\0').slice(0, -1)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  },
);

test('a word with NUL, which no program can be given, is a bug and throws', () => {
  expect(() => quoteWord('a\0b')).toThrow(TypeError);
});
