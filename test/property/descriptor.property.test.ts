import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { installFlags } from '../../src/core/descriptor/install-flags.ts';
import { parseInstall } from '../../src/core/descriptor/parse-install.ts';
import { parsePublish } from '../../src/core/descriptor/port-mapping.ts';
import { checkName } from '../../src/core/model/names.ts';
import { portText } from '../../src/core/model/ports.ts';

/** Anything, and near misses: pieces that the grammars are made of, in any order. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        ':',
        '/',
        '=',
        '.',
        '[',
        ']',
        '80',
        '::1',
        '127.0.0.1',
        'ro',
        '-',
        '%i',
        '\n',
        '\0',
        'a',
        'm',
        '..',
        '~',
        '#',
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('')),
);
const surroundings = { environment: {}, directory: '/root', files: {} };

describe('any text', () => {
  it.each(installFlags)('given to --$name is a value or a failure with a next step', ({ parse }) => {
    fc.assert(
      fc.property(text, (given) => {
        const result = parse(given, surroundings);
        if (!result.ok) {
          expect(result.failures.length).toBeGreaterThan(0);
          for (const { message, next } of result.failures) {
            expect(message).not.toMatch(/[\p{Cc}]/u);
            expect(next).not.toBe('');
          }
        }
      }),
    );
  });

  it('is a name only within what paths and units can carry', () => {
    fc.assert(
      fc.property(
        text,
        (given) => checkName(given).ok === /^(?!.*-ready$)[a-z0-9][a-z0-9_-]{0,62}$/s.test(given),
      ),
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,62}$/),
        (given) => checkName(given).ok !== given.endsWith('-ready'),
      ),
    );
  });

  it('as words and flags of a command is read or refused, never thrown', () => {
    const flags = fc.dictionary(
      fc.constantFrom(...installFlags.map(({ name }) => name)),
      fc.array(text, { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), flags, (words, given) => {
        const result = parseInstall({ words, flags: given }, surroundings);
        expect(result.ok || result.failures.length > 0).toBe(true);
      }),
    );
  });

  it('that is secret reaches no failure', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('=', ' =', ': ', '/'), (key, separator) => {
        const secret = 'correct-horse-battery';
        const result = parseInstall(
          { words: ['nginx', 'web', `${key}=${secret}`], flags: { env: [`${key}${separator}${secret}`] } },
          surroundings,
        );
        if (!result.ok) expect(JSON.stringify(result.failures)).not.toContain(secret);
      }),
    );
  });
});

describe('a port', () => {
  it('is read back from its text', () => {
    const mapping = fc.record({
      hostIp: fc.oneof(fc.constant(''), fc.ipV4(), fc.constantFrom('::1', '2001:db8::1')),
      hostPort: fc.integer({ min: 1, max: 65_535 }),
      containerPort: fc.integer({ min: 1, max: 65_535 }),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    });
    fc.assert(
      fc.property(mapping, (given) => {
        expect(parsePublish(portText(given))).toEqual({ ok: true, value: given });
      }),
    );
  });
});
