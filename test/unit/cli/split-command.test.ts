import { expect, it } from 'vitest';
import { splitAtCommand, splitCommand } from '../../../src/cli/split-command.ts';

it('everything after the first -- is the command of the container, flags and further -- among it', () => {
  expect(splitCommand(['nginx', 'web', '--', 'sh', '--', '--json'])).toEqual({
    words: ['nginx', 'web'],
    command: ['sh', '--', '--json'],
  });
  expect(splitCommand(['nginx', 'web', '--'])).toEqual({ words: ['nginx', 'web'], command: [] });
  expect(splitCommand(['nginx', 'web'])).toEqual({ words: ['nginx', 'web'] });
});

const flags = { user: { type: 'option', char: 'u' }, json: { type: 'boolean' } };
const isName = (_word: string, index: number) => index === 0;

it('without a mark the command begins after the name, and its flags are its own', () => {
  expect(splitAtCommand(['web', 'sh', '-c', 'ls --json'], flags, isName)).toEqual({
    words: ['web'],
    command: ['sh', '-c', 'ls --json'],
  });
});

it('flags before the command are those of gear, and what they take is no word of the command', () => {
  for (const user of [['-u', 'db'], ['--user', 'db'], ['--user=db'], ['-udb']]) {
    const own = ['--json', ...user, 'web', ...user];
    expect(splitAtCommand([...own, 'psql', '-u', 'me'], flags, isName)).toEqual({
      words: own,
      command: ['psql', '-u', 'me'],
    });
  }
});

it('a mark decides where there is one', () => {
  expect(splitAtCommand(['web', '-u', 'db', '--', 'sh', '--json'], flags, isName)).toEqual({
    words: ['web', '-u', 'db'],
    command: ['sh', '--json'],
  });
  expect(splitAtCommand(['web', '--json'], flags, isName)).toEqual({ words: ['web', '--json'] });
});

it('a -- that comes after the first word of the command is of the command', () => {
  expect(splitAtCommand(['web', 'git', 'log', '--', 'file'], flags, isName)).toEqual({
    words: ['web'],
    command: ['git', 'log', '--', 'file'],
  });
});
