import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunLine } from '../../src/core/descriptor/docker-run/read-run.ts';
import { splitWords } from '../../src/core/descriptor/docker-run/split-words.ts';
import { parseInstall } from '../../src/core/descriptor/parse-install.ts';
import { mergeRunLine } from '../../src/core/descriptor/docker-run/merge-run.ts';

/** Anything, and near misses: pieces of shell and of docker run, in any order. */
const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'docker run ',
          'podman run ',
          ' ',
          '\n',
          '\\\n',
          '\\',
          "'",
          '"',
          '$',
          '`',
          '*',
          '|',
          ';',
          '&',
          '#',
          '~',
        ],
        ...[
          '-d',
          '-it',
          '-p',
          '80:80',
          '--name',
          '=',
          'web',
          '--',
          '-',
          '--init',
          'nginx',
          '--link',
          '-e',
          'A=b',
          '\0',
        ],
      ),
      { maxLength: 20 },
    )
    .map((parts) => `docker run ${parts.join('')}`),
);

describe('any text', () => {
  it('is a line of docker run, or a failure with its position and a next step', () => {
    fc.assert(
      fc.property(line, (text) => {
        const result = readRunLine(text);
        if (result.ok) {
          const merged = mergeRunLine({ words: ['web'], flags: {} }, result.value);
          parseInstall(merged, { environment: {}, directory: '/', files: {} });
          return;
        }
        for (const { message, next, place } of result.failures) {
          expect(message).not.toMatch(/\p{Cc}/u);
          expect(next).not.toBe('');
          expect(place?.source).toBe('--from-run');
          expect(place?.column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('in single quotes is one word, as it stands', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/['\r]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const split = splitWords(words.map((text) => `'${text}'`).join(' '));
        expect(split.ok && split.value.map(({ text }) => text)).toEqual(words);
      }),
    );
  });

  it('behind backslashes is one word, as it stands', () => {
    const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(word, (text) => {
        const split = splitWords(`${text.replace(/[^\n]/gu, String.raw`\$&`)}x`);
        expect(split.ok && split.value.map((each) => each.text)).toEqual([`${text}x`]);
      }),
    );
  });

  it('that is accepted is split as /bin/sh splits it', () => {
    const pieces = fc.constantFrom(
      'a',
      'b c',
      ' ',
      '\t',
      "'",
      '"',
      '\\',
      '\\\n',
      '=',
      '-',
      '$',
      '*',
      '~',
      '#',
      'é',
      '%',
      '!',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 14 }), (parts) => {
        const text = `x ${parts.join('')}`;
        const split = splitWords(text);
        if (!split.ok) return;
        const words = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${text.trimEnd()}`], {
          encoding: 'utf8',
        });
        expect(split.value.map((each) => `${each.text}\0`).join('')).toBe(words);
      }),
      { numRuns: 300 },
    );
  });
});
