import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLine } from '../../../../../src/core/descriptor/native/split-line.ts';
import { refusalOf, valueOf } from '../expectations.ts';

describe('a command given as a line', () => {
  it.each([
    ['sleep 60', ['sleep', '60']],
    ['  a\t b\n', ['a', 'b']],
    [`sh -c "echo 'hi' && date"`, ['sh', '-c', "echo 'hi' && date"]],
    [`a"b c"'d e'\\ f`, ['ab cd e f']],
    [`''`, ['']],
    ['echo $HOME `id` *', ['echo', '$HOME', '`id`', '*']],
    ['"\\$A \\x \\""', ['$A \\x "']],
    ['a\\\nb', ['ab']],
  ])('%j is split as a shell would, and nothing is expanded', (line, words) => {
    expect(valueOf(splitLine(line))).toEqual(words);
  });

  it.each([
    ['', 'the line is empty'],
    ['   ', 'the line is empty'],
    ['echo "a', 'a quote is not closed: "'],
    ["echo 'a", "a quote is not closed: '"],
    ['a\\', 'the line ends in a backslash'],
  ])('%j is refused', (line, message) => {
    expect(refusalOf(splitLine(line))).toContain(message);
  });

  it('is what sh makes of it', () => {
    const part = fc.constantFrom('a', 'b', ' ', '"', "'", '\\', 'é', '-');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const split = splitLine(parts.join(''));
        if (!split.ok) return;
        const shell = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${parts.join('')}`], {
          encoding: 'utf8',
        });
        expect(split.value).toEqual(shell.split('\0').slice(0, -1));
      }),
      { numRuns: 60 },
    );
  });
});
