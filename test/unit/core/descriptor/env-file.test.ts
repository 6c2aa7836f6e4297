import { describe, expect, it } from 'vitest';
import { parseEnvFile } from '../../../../src/core/descriptor/env-file.ts';
import { failuresOf, valueOf } from './expectations.ts';

const parse = (text: string) => parseEnvFile('web.env', { text }, { FROM_SHELL: 'here' });

describe('--env-file', () => {
  it('takes values raw to the end of the line, as docker run does', () => {
    expect(valueOf(parse('A="q"\n  B=a b \nC=$X %i \\n #no comment\nD=\nE=x=y'))).toEqual({
      A: '"q"',
      B: 'a b ',
      C: '$X %i \\n #no comment',
      D: '',
      E: 'x=y',
    });
  });

  it('skips comments and blank lines', () => {
    expect(valueOf(parse('# A=1\n\n  \t\n  # x\nB=2\n'))).toEqual({ B: '2' });
  });

  it('gives a bare key the value of the shell, and leaves it out where there is none', () => {
    expect(valueOf(parse('FROM_SHELL\nNOT_THERE\nconstructor'))).toEqual({ FROM_SHELL: 'here' });
  });

  it('reads a byte order mark and Windows line ends', () => {
    expect(valueOf(parse('\uFEFFA=1\r\nB=2\r\n'))).toEqual({ A: '1', B: '2' });
  });

  it('lets the later of two lines hold', () => {
    expect(valueOf(parse('A=1\nA=2'))).toEqual({ A: '2' });
  });

  it('tells every bad line by its number, and no value', () => {
    const failures = failuresOf(parse('A=1\n=hunter2\nMY KEY=hunter2\nexport B=hunter2\nC: hunter2\n'));
    expect(failures.map(({ code, place }) => [code, place])).toEqual(
      [2, 3, 4, 5].map((line) => ['ENV_FILE_UNREADABLE', { source: 'web.env', line }]),
    );
    expect(failures[2]?.next).toMatch('take the word "export" away');
    expect(JSON.stringify(failures)).not.toContain('hunter2');
  });

  it('that is not there is told with its path', () => {
    const [failure] = failuresOf(parseEnvFile('no.env', { problem: 'does not exist' }, {}));
    expect(failure).toMatchObject({
      code: 'ENV_FILE_UNREADABLE',
      message: 'the file "no.env" does not exist',
    });
  });
});
