import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../../../src/core/descriptor/docker-run/split-words.ts';
import { failuresOf, valueOf } from '../expectations.ts';

const texts = (line: string) => valueOf(splitWords(line)).map(({ text }) => text);

describe('a line is split as a shell does', () => {
  it.each([
    ['docker run nginx', ['docker', 'run', 'nginx']],
    ['  a\t b  ', ['a', 'b']],
    ["a 'b c' d", ['a', 'b c', 'd']],
    [`a"b c"'d e'f`, ['ab cd ef']],
    [`'' ""`, ['', '']],
    [String.raw`a\ b \$x \\ \'`, ['a b', '$x', '\\', "'"]],
    [String.raw`"\$x \" \\ \n"`, [String.raw`$x " \ \n`]],
    [`'$x \`y\` * ; | \\'`, ['$x `y` * ; | \\']],
    ['"* ; | ( {a,b} ~"', ['* ; | ( {a,b} ~']],
    ['docker run \\\n  -d \\\r\n  nginx', ['docker', 'run', '-d', 'nginx']],
    ['"a\\\nb" a\\\nb', ['ab', 'ab']],
    ['a~ b#c a=~', ['a~', 'b#c', 'a=~']],
    ['\n\ndocker run nginx\n\n', ['docker', 'run', 'nginx']],
    ['', []],
  ])('%j', (line, words) => {
    expect(texts(line)).toEqual(words);
  });

  it('knows where each word begins, over lines', () => {
    expect(valueOf(splitWords('docker run \\\n  "a b" c'))).toEqual([
      { text: 'docker', line: 1, column: 1 },
      { text: 'run', line: 1, column: 8 },
      { text: 'a b', line: 2, column: 3 },
      { text: 'c', line: 2, column: 9 },
    ]);
  });
});

describe('what a shell would do something about is refused at its column', () => {
  it.each([
    ['docker run -v $PWD:/x', 1, 15, '"$": a shell would put a value here'],
    ['docker run -e "A=$B"', 1, 18, '"$": a shell would put a value here'],
    ['docker run `id`', 1, 12, '"`": a shell would run a command here'],
    ['docker run "`id`"', 1, 13, '"`": a shell would run a command here'],
    ['docker run nginx *.txt', 1, 18, '"*": a shell would put names of files here'],
    ['docker run nginx a?', 1, 19, '"?": a shell would put names of files here'],
    ['docker run nginx [a]', 1, 18, '"[": a shell would put names of files here'],
    ['docker run nginx {a,b}', 1, 18, '"{": some shells would write several words here'],
    ['docker run -v ~/x:/x', 1, 15, '"~": a shell would put a home folder here'],
    ['docker run nginx | cat', 1, 18, '"|": this is a pipe, and gear runs one container'],
    [
      'docker run nginx && id',
      1,
      18,
      '"&": this begins another command, or puts this one into the background',
    ],
    ['docker run nginx; id', 1, 17, '";": this begins another command'],
    ['docker run nginx > log', 1, 18, '">": this redirects its output, which the journal has'],
    ['docker run nginx 2>&1', 1, 19, '">": this redirects its output, which the journal has'],
    ['docker run nginx <in', 1, 18, '"<": this redirects its input, and a unit has none'],
    ['(docker run nginx)', 1, 1, '"(": this begins a subshell'],
    ['docker run nginx # web', 1, 18, '"#": this begins a comment'],
    ['docker run \\\n nginx\nid', 2, 7, 'line end: a new command begins here'],
    ["docker run 'a", 1, 12, "a quote is not closed: '"],
    ['docker run a"b', 1, 13, 'a quote is not closed: "'],
    ['docker run a\\', 1, 13, 'the line ends in a backslash'],
  ])('%j', (line, row, column, message) => {
    const [failure, ...more] = failuresOf(splitWords(line));
    expect(failure).toMatchObject({ message, place: { source: '--from-run', line: row, column } });
    expect(failure?.next).not.toBe('');
    expect(more).toEqual([]);
  });
});
