import { describe, expect, it } from 'vitest';
import { parseDotEnv, variablesOf } from '../../../../../src/core/descriptor/text/dot-env.ts';
import { shown } from './read.ts';

const parsed = (text: string) => {
  const result = parseDotEnv('.env', text);
  return result.ok ? result.value : result.failures.map(shown);
};

describe('a .env file', () => {
  it.each([
    ['A=1\nB=two words  \n', { A: '1', B: 'two words' }],
    ['# note\n\n  export A=1\n', { A: '1' }],
    ['A = 1', { A: '1' }],
    ['A=', { A: '' }],
    ['A=x #y\nB=x#y\nC= # z', { A: 'x', B: 'x#y', C: '' }],
    ["A='a # $B \\n'", { A: 'a # $B \\n' }],
    ['A="a\\n\\"b\\" \\$ \\q" # z', { A: 'a\n"b" $ \\q' }],
    ['A="one\ntwo"\nB=\'x\ny\'', { A: 'one\ntwo', B: 'x\ny' }],
    ['\uFEFFA=1\r\nB="x"\r\n', { A: '1', B: 'x' }],
    ['A=1\nA=2', { A: '2' }],
    ['A=${B}', { A: '${B}' }],
    ['A=a=b', { A: 'a=b' }],
  ])('%j', (text, value) => {
    expect(parsed(text)).toEqual(value);
  });

  it.each([
    ['A=1\n  B', '.env:2:3 the line has no "="'],
    ['A=1\nB="x\ny', '.env:2:3 the quote of B is not closed'],
    ["A='x' y", '.env:1:6 something follows the closing quote of A'],
    ['1A=s3cret', '.env:1:1 a variable cannot be called 1A: systemd carries letters, digits and "_" only'],
    ['=s3cret', '.env:1:1 a variable has no name'],
  ])('%j is refused where it is wrong', (text, message) => {
    expect(parsed(text)).toEqual(expect.arrayContaining([message]));
    expect(JSON.stringify(parseDotEnv('.env', text))).not.toContain('s3cret');
  });

  it.each([
    ['A=${B}-$SHELL', { A: 'x-s' }],
    ['B=1\nA="${B}$B"', { B: '1', A: 'xx' }],
    ['C=1\nA="${C}$C" # why', { C: '1', A: '11' }],
    ["A='$B ${B}'", { A: '$B ${B}' }],
    ['A="\\$B \\n$$B"', { A: '$B \n$B' }],
    ['A=$$B', { A: '$B' }],
    ['A=${NO:-d}', { A: 'd' }],
    ['A=5$ and $1', { A: '5$ and $1' }],
  ])('of Compose has %j filled in', (text, value) => {
    const result = parseDotEnv('.env', text, { B: 'x', SHELL: 's' });
    expect(result.ok ? result.value : result.failures.map(shown)).toEqual(value);
  });

  it('of Compose is refused where a variable is not set, without what may be half of a password', () => {
    const result = parseDotEnv('.env', 'A=1\nPASSWORD=s3cret$word\nC="${D"\n', {});
    expect(result.ok ? [] : result.failures.map(shown)).toEqual([
      '.env:2:10 the variable word, which the value of PASSWORD asks for, is not set',
      '.env:3:3 C: a "${" is not closed',
    ]);
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });

  it('tells every bad line', () => {
    expect(parsed('x y\nA=1\nz z\n')).toHaveLength(2);
  });

  it('gives way to what the shell has set', () => {
    expect(variablesOf({ A: 'shell' }, { A: 'file', B: 'file' })).toEqual({ A: 'shell', B: 'file' });
  });
});
