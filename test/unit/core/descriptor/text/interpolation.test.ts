import { describe, expect, it } from 'vitest';
import { expand } from '../../../../../src/core/descriptor/text/expand.ts';
import { read, refused, shown } from './read.ts';

const variables = { A: 'one', EMPTY: '', NESTED: '${A}', DB_HOST: 's3cret' };
const filled = async (text: string) => ((await read(`v: '${text}'`, variables)).value as { v: unknown }).v;

describe('variables in a descriptor', () => {
  it.each([
    ['${A}', 'one'],
    ['x${A}y${A}', 'xoneyone'],
    ['${EMPTY}', ''],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NO:-d}', 'd'],
    ['${NO-d}', 'd'],
    ['${NO:-}', ''],
    ['${A:-${NO}}', 'one'],
    ['${NO:-${ALSO_NO:-${A}}}!', 'one!'],
    ['${A:?must}', 'one'],
    ['${A:+other}', 'other'],
    ['${EMPTY:+other}', ''],
    ['${EMPTY+other}', 'other'],
    ['${NO+other}', ''],
    ['$$', '$'],
    ['$${A}', '${A}'],
    ['$$$$', '$$'],
    ['${NO:-$$}', '$'],
    ['$A $1 $(x) $', '$A $1 $(x) $'],
    ['${NESTED}', '${A}'],
  ])('%s becomes %j', async (text, value) => {
    expect(await filled(text)).toBe(value);
  });

  it('stay text, even when they look like a number, and are not looked for in keys', async () => {
    expect((await read('a: ${N}\n"${N}": 1', { N: '80' })).value).toEqual({ a: '80', '${N}': 1 });
  });

  it.each([
    ['a: 1\nb: "x $$ ${A} ${NO}"', '2:15 the variable NO is not set'],
    ['b: ${NO:?set it}', '1:4 the variable NO is not set: set it'],
    ['b: ${EMPTY:?set it}', '1:4 the variable EMPTY is empty: set it'],
    ['b: ${A', '1:4 a "${" is not closed'],
    ['b: ${', '1:4 a "${" is not closed'],
    ['b: ${1}', '1:4 this "${" does not name a variable in a way that gear knows'],
    ['b: ${A%%x}', '1:4 this "${" does not name a variable in a way that gear knows'],
    ['b: |\n  one\n  two ${NO}', '3:7 the variable NO is not set'],
    [`b: ${'${NO:-'.repeat(20)}${'}'.repeat(20)}`, '1:100 variables are nested more than 16 deep'],
  ])('%j is refused where the "${" stands', async (text, message) => {
    expect((await refused(text, variables)).map(shown)).toEqual([`shop.yaml:${message}`]);
  });

  it('suggest one that is set, and never show a value', async () => {
    const failures = await refused('b: ${DB_HSOT}', variables);
    expect(failures[0]?.next).toBe('did you mean DB_HOST, which is set?');
    expect(JSON.stringify(failures)).not.toContain('s3cret');
  });

  it.each([
    ['$A-${A}', 'one-one', []],
    ['$$A $${A} $1 $(x) $', '$A ${A} $1 $(x) $', []],
    ['${NO:-$A}', 'one', []],
    ['${NO-${ALSO:-$A}}', 'one', []],
    ['a${NO}b', 'ab', ['NO']],
    ['pa$word', 'pa', ['word']],
    ['${A:-$NO}', 'one', []],
    ['$EMPTY.', '.', []],
  ])('of Compose: %s becomes %j, and what is not set is told', (text, value, blank) => {
    const filled = expand(text, { variables, rules: 'compose' });
    expect({ ...filled, blanks: filled.blanks.map(({ name }) => name) }).toEqual({
      text: value,
      problems: [],
      blanks: blank,
    });
  });

  it('of Compose that must be set are mistakes', () => {
    const { problems } = expand('${NO:?say it} ${EMPTY:?}', { variables, rules: 'compose' });
    expect(problems.map(({ message }) => message)).toEqual([
      'the variable NO is not set: say it',
      'the variable EMPTY is empty',
    ]);
  });

  it('cannot make a file grow without end', async () => {
    const failures = await refused(`a: [${Array.from({ length: 1000 }, () => '"${BIG}"').join(', ')}]`, {
      BIG: 'x'.repeat(100_000),
    });
    expect(failures.map(({ message }) => message)).toEqual([
      'with its variables filled in the file is larger than 8388608 characters',
    ]);
  });
});
