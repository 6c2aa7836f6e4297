import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashCompletion } from '../../../src/report/completion/bash.ts';
import { fishCompletion } from '../../../src/report/completion/fish.ts';
import type { CompletedCommand } from '../../../src/report/completion/table.ts';
import { zshCompletion } from '../../../src/report/completion/zsh.ts';

const commands: readonly CompletedCommand[] = [
  {
    name: 'install',
    summary: "Install what's $(touch /tmp/never) `given`",
    flags: [
      { name: 'publish', short: 'p', summary: 'Publish', takesValue: true, values: [] },
      { name: 'engine', summary: 'Engine', takesValue: true, values: ['docker', 'podman'] },
    ],
  },
  { name: 'secret set', summary: 'Give a value', flags: [] },
  { name: 'secret ls', summary: 'List', flags: [] },
];

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'completion-'));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${bashCompletion(commands)}
COMP_WORDS=(${line}); COMP_CWORD=${String(words.length - 1)}; _gear; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: process.env['PATH'], HOME: home };
  return execFileSync('bash', ['-c', script], { encoding: 'utf8', env, cwd: home }).trim().split('\n');
}

describe('completion', () => {
  test('offers commands and topics first, then the commands of a topic', () => {
    expect(offered('gear', '')).toEqual(['install', 'secret', '--user']);
    expect(offered('gear', 'secret', '')).toEqual(['set', 'ls']);
  });

  test('offers the flags of the command, and the values of a flag that has few', () => {
    expect(offered('gear', 'install', '-')).toEqual(['--publish', '-p', '--engine']);
    expect(offered('gear', 'install', '--engine', 'p')).toEqual(['podman']);
  });

  test('offers them behind --flag= too, where readline makes three words', () => {
    expect(offered('gear', 'install', '--engine', '=')).toEqual(['docker', 'podman']);
    expect(offered('gear', 'install', '--engine', '=', 'p')).toEqual(['podman']);
  });

  test('goes on after --user as without it, with the containers of the user', () => {
    expect(offered('gear', '--u')).toEqual(['--user']);
    expect(offered('gear', '--user', '')).toEqual(['install', 'secret']);
    expect(offered('gear', '--user', 'secret', '')).toEqual(['set', 'ls']);
    expect(offered('gear', '--user', 'install', '--engine', 'p')).toEqual(['podman']);
    const folder = join(home, '.config', 'systemd', 'user');
    mkdirSync(folder, { recursive: true });
    for (const unit of ['ctr-mine.service', 'ctr-mine-ready.service']) writeFileSync(join(folder, unit), '');
    expect(offered('gear', '--user', 'install', 'mi')).toEqual(['mine']);
  });

  test.each([
    ['zsh', zshCompletion],
    ['fish', fishCompletion],
  ])('%s gets every command and flag, and summaries as text alone', (_, script) => {
    const text = script(commands);
    for (const word of ['install', 'set', 'ls', 'publish', 'engine', 'user']) expect(text).toContain(word);
    expect(text).toContain(`what'\\''s $(touch /tmp/never) \`given\``);
  });
});
