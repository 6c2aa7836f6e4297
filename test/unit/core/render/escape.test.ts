import { describe, expect, it } from 'vitest';
import {
  escapeSpecifiers,
  escapeUnitPart,
  quoteAssignment,
  quoteExecArgument,
  quotePath,
  unencodable,
} from '../../../../src/core/render/escape.ts';

describe('quoteExecArgument', () => {
  it.each([
    ['plain', 'plain'],
    ['--label=a/b:c@d', '--label=a/b:c@d'],
    ['', '""'],
    ['a b', '"a b"'],
    ['$HOME', '"$$HOME"'],
    ['%i', '"%%i"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ["it's", `"it's"`],
    ['two\nlines\t', '"two\\nlines\\t"'],
    ['\u0007', '"\\x07"'],
    [';', '";"'],
    ['#x', '"#x"'],
    ['grün', '"grün"'],
  ])('writes %j as %s', (word, text) => {
    expect(quoteExecArgument(word)).toBe(text);
  });

  it('throws where the caller did not ask whether systemd can take the text', () => {
    expect(() => quoteExecArgument('a\0b')).toThrow('NUL');
  });
});

it('quoteAssignment leaves $ alone, which has no meaning in Environment=', () => {
  expect(quoteAssignment('A', '$x %y')).toBe('"A=$x %%y"');
});

it('quotePath protects quotes without C escapes, which RequiresMountsFor= does not know', () => {
  expect(quotePath('/srv/a "b" \\n %')).toBe('"/srv/a \\"b\\" \\\\n %%"');
});

describe('escapeSpecifiers', () => {
  it('keeps a last backslash from joining the next line', () => {
    expect(escapeSpecifiers('50% \\')).toBe('50%% \\ ');
  });

  it('throws on a line end, which would begin a directive', () => {
    expect(() => escapeSpecifiers('a\nExecStart=/bin/evil')).toThrow('control character');
  });
});

it.each([
  ['my-shop', 'my\\x2dshop'],
  ['a_b.c', 'a_b.c'],
  ['.hidden', '\\x2ehidden'],
  ['ä', '\\xc3\\xa4'],
])('escapeUnitPart writes %s as systemd-escape does: %s', (part, text) => {
  expect(escapeUnitPart(part)).toBe(text);
});

it.each(['\0', '\ud800', '\uffff', '\ufdd0'])('unencodable gives a reason for %j', (text) => {
  expect(unencodable(`a${text}b`)).not.toBeNull();
});
