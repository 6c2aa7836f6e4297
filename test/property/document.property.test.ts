import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/core/descriptor/document.ts';
import { expand } from '../../src/core/descriptor/text/expand.ts';
import { parseDotEnv } from '../../src/core/descriptor/text/dot-env.ts';
import { plainScalar } from '../../src/core/descriptor/text/plain-scalar.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';

const pieces = [
  'a',
  'b',
  'key',
  ':',
  ': ',
  '- ',
  '-',
  '? ',
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  ' ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '|',
  '>',
  '|-',
  '&a ',
  '*a',
  '<<',
  '!!str ',
  '!x ',
  '%YAML 1.2',
  '---\n',
  '...\n',
  '#',
  ' # c',
  '${A}',
  '${',
  '}',
  '$$',
  '$',
  '1',
  '0644',
  'true',
  '~',
  'null',
  '\\',
  '\\n',
  '\r\n',
  '\r',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '日',
  '😀',
  '@',
  '`',
  '=',
  '__proto__',
];
/** Text made of what YAML is made of, in any order. */
const noise = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
const bytes = fc.oneof(
  noise.map((text) => new TextEncoder().encode(text)),
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 80 }),
);
const variables = { A: 'value-of-a' };
const read = (given: readonly Uint8Array[]) =>
  readDocument(
    given.map((each, index) => ({ path: `${index}.yaml`, bytes: each })),
    { variables },
  );

/** Every path of a value. */
function paths(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...entries.flatMap(([key, item]) => paths(item, [...at, key]))];
}

describe('any bytes', () => {
  it('are a document whose every part has a place, or failures with a place and a next step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 2 }), async (given) => {
        const result = await read(given);
        if (!result.ok) {
          expect(result.failures.length).toBeGreaterThan(0);
          for (const { message, next, place } of result.failures) {
            expect(message).not.toMatch(/[\p{Cc}]/u);
            expect(next).not.toBe('');
            expect(place?.source).toMatch(/^[01]\.yaml$/);
          }
          return;
        }
        await result.value.locate();
        for (const path of paths(result.value.value))
          for (const part of ['key', 'value'] as const) {
            const place = result.value.place(path, part);
            expect(place.line).toBeGreaterThan(0);
            expect(place.column).toBeLessThanOrEqual((place.text?.length ?? 0) + 1);
          }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([...new Set(pieces)])(
    'of 64 KB full of %j are read or refused in a bounded time',
    async (piece) => {
      for (const before of ['', 'a: ', 'a: "', '- ', 'a: |\n  ']) {
        const text = before + piece.repeat(Math.floor(65_000 / piece.length));
        // Of the processor: the clock would also count what else the machine does.
        const started = process.cpuUsage();
        await read([new TextEncoder().encode(text)]);
        parseDotEnv('.env', text);
        const { user, system } = process.cpuUsage(started);
        expect((user + system) / 1000).toBeLessThan(5000);
      }
    },
  );
});

describe('any value', () => {
  const key = fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .filter((text) => text !== '__proto__' && !/\p{Cc}/u.test(text));
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((each) => !/[$\p{Cc}]/u.test(each));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));

  it('written as JSON is read as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(key, value, { maxKeys: 5 }),
        fc.constantFrom(0, 2),
        async (given, indent) => {
          const plain = JSON.parse(JSON.stringify(given)) as unknown;
          const result = await read([new TextEncoder().encode(JSON.stringify(plain, null, indent))]);
          expect(result).toMatchObject({ ok: true });
          if (result.ok) expect(result.value.value).toEqual(plain);
        },
      ),
    );
  });
});

describe('any text', () => {
  it('without quotes is printed as it was written, unless it is nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[-+0-9.eExXo_]{0,20}$/), fc.string()), (text) => {
        const scalar = plainScalar(text);
        expect(scalar === null ? ['', '~', 'null'] : [String(scalar)]).toContain(text);
      }),
    );
  });

  it('is expanded as it is once its dollars are doubled, and problems never show a value', () => {
    fc.assert(
      fc.property(noise, (text) => {
        for (const rules of ['native', 'compose'] as const) {
          const filling = { variables, rules };
          const filled = { text, problems: [], blanks: [] };
          expect(expand(text.replaceAll('$', '$$$$'), filling)).toEqual(filled);
          const { problems, blanks } = expand(`\${NO}${text}`, filling);
          expect(JSON.stringify({ problems, blanks })).not.toContain('value-of-a');
        }
      }),
    );
  });
});
