import { expect, it } from 'vitest';
import { splitCommand } from '../../../src/cli/split-command.ts';

it('everything after the first -- is the command of the container, flags and further -- among it', () => {
  expect(splitCommand(['nginx', 'web', '--', 'sh', '--', '--json'])).toEqual({
    words: ['nginx', 'web'],
    command: ['sh', '--', '--json'],
  });
  expect(splitCommand(['nginx', 'web', '--'])).toEqual({ words: ['nginx', 'web'], command: [] });
  expect(splitCommand(['nginx', 'web'])).toEqual({ words: ['nginx', 'web'] });
});
