import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CommandTable } from '../../src/cli/command-table.ts';
import { readCommands } from '../../scripts/read-commands.ts';

const root = path.join(import.meta.dirname, '..', '..');

let table: CommandTable;
beforeAll(async () => {
  table = await readCommands(root);
});

/** A command of gear in a message, and the rest of it. */
const advice = /\bgear ((?:--user )?[a-z]+)( [a-z]+)?((?:(?!\. |: )[^'"`;,\n])*)/g;

/** What messages tell people to type, of the whole of src: the command, each flag of it, and where it stands. */
async function advised() {
  const source = path.join(root, 'src');
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(source, name), 'utf8')));
  return texts.flatMap((text, index) =>
    [...text.matchAll(advice)].map(([whole, first = '', second = '', rest = '']) => ({
      where: `${String(files[index])}: ${whole}`,
      words: [first.replace('--user ', ''), second.trim()],
      flags: [...`${second}${rest}`.matchAll(/(?<=\s)--([a-z][a-z-]+)/g)].map(([, flag = '']) => flag),
    })),
  );
}

test('every flag that a message names beside a command is one of that command', async () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const { where, words, flags } of await advised()) {
    if (flags.length === 0) continue;
    const command = table.manifest[words.join(':')] ?? table.manifest[words[0] ?? ''];
    if (command === undefined) {
      wrong.push(`${where}: there is no such command`);
      continue;
    }
    const known = Object.values(command.flags).flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    for (const flag of flags) {
      seen += 1;
      if (![...known, 'json', 'help', 'user', 'quiet', 'verbose'].includes(flag))
        wrong.push(`${where}: no --${flag}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(50);
});
