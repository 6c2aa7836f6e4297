import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/errors/failure.ts';
import { printFailures } from '../../../src/report/failure.ts';
import { createStyle } from '../../../src/report/style.ts';

const style = createStyle({});
const at = (
  line: number,
  column: number,
  text: string,
  textColumn?: number,
  source = 'shop.yaml',
): Failure => ({
  code: 'DESCRIPTOR_SYNTAX',
  message: 'it is wrong',
  next: 'mend it',
  place: { source, line, column, text, ...(textColumn !== undefined && { textColumn }) },
});
const printed = (failure: Failure) => printFailures([failure], style).split('\n');
/** What stands above the caret. */
const pointedAt = ([, , line = '', caret = '']: readonly string[]) => line.slice(caret.indexOf('^'));

describe('a failure in the text of a file', () => {
  it('shows the line with a caret below the column', () => {
    expect(printed(at(7, 12, '    ports: [80]'))).toEqual([
      'error: it is wrong',
      '  at shop.yaml:7:12',
      '  7 |     ports: [80]',
      '    |            ^',
      '  → mend it',
      '',
    ]);
  });

  it('keeps the caret below its column after tabs, wide and combined characters, and escapes', () => {
    expect(printed(at(1, 3, '\t\tx')).slice(2, 4)).toEqual(['  1 |         x', '    |         ^']);
    expect(printed(at(1, 4, '日本:x')).slice(2, 4)).toEqual(['  1 | 日本:x', '    |      ^']);
    expect(printed(at(1, 3, 'e\u0301x')).slice(2, 4)).toEqual(['  1 | e\u0301x', '    |  ^']);
    expect(printed(at(1, 3, '👍x')).slice(2, 4)).toEqual(['  1 | 👍x', '    |   ^']);
    expect(pointedAt(printed(at(1, 2, '\u0007x')))).toBe('x');
  });

  it('cuts a long line around the column', () => {
    const lines = printed(at(3, 501, `${'a'.repeat(500)}X${'b'.repeat(500)}`));
    expect(lines[2]?.length).toBeLessThanOrEqual(80);
    expect(lines[2]).toMatch(/^ {2}3 \| …a+Xb+…$/);
    expect(pointedAt(lines)).toMatch(/^Xb/);
    expect(pointedAt(printed(at(3, 501, `aaX${'b'.repeat(500)}`, 499)))).toMatch(/^Xb+…$/);
    expect(pointedAt(printed(at(3, 1, `X${'b'.repeat(500)}`)))).toMatch(/^Xb+…$/);
    expect(pointedAt(printed(at(3, 500, `${'a'.repeat(499)}X`)))).toBe('X');
  });

  it('points behind the line where something is missing at its end', () => {
    expect(printed(at(1, 4, 'a: ')).slice(2, 4)).toEqual(['  1 | a:', '    |    ^']);
  });

  it('with others ends with their number, and lists a hundred', () => {
    const failures = Array.from({ length: 150 }, (_, index) =>
      at(index + 1, 1, 'x', undefined, `${index % 3}.yaml`),
    );
    const lines = printFailures(failures, style).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('error:'))).toHaveLength(100);
    expect(lines.slice(-2)).toEqual(['… and 50 more', '150 errors in 3 files']);
    expect(printFailures(failures.slice(0, 1), style)).not.toContain('1 error');
  });
});
