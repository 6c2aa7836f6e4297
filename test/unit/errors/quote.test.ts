import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../../src/errors/quote.ts';

describe('text in a message', () => {
  it('is quoted, and cut where it is long', () => {
    expect(quote('web')).toBe('"web"');
    expect(quote('x'.repeat(300))).toBe(`"${'x'.repeat(40)}…" (300 characters)`);
  });

  it('holds nothing that a terminal obeys or hides, whatever was given', () => {
    expect(quote('a\nb\t\u001b[2J\u200b\u202e')).toBe('"a\\nb\\t\\x1b[2J\\u{200b}\\u{202e}"');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(quote(text))),
    );
  });
});
