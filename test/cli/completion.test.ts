import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const lines = [
  'gear inst',
  'gear secret ',
  'gear install --engine ',
  'gear install --engine=',
  'gear install --condition-path-e',
  'gear --user status ',
];

let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'completion-'));
  mkdirSync(path.join(home, 'empty'));
  const units = path.join(home, '.config', 'systemd', 'user');
  mkdirSync(units, { recursive: true });
  for (const unit of ['ctr-mine.service', 'ctr-mine-ready.service'])
    writeFileSync(path.join(units, unit), '');
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

function run(command: string, ...args: readonly string[]): string {
  // No files of the folder are among what is offered.
  const cwd = path.join(home, 'empty');
  const env = { PATH: process.env['PATH'], HOME: home };
  return execFileSync(command, args, { encoding: 'utf8', env, cwd });
}

const script = (shell: string): string => run(path.join(root, 'bin', 'run.cjs'), 'completion', shell);

/** What each shell offers for the lines, one list a line. */
const shells: Readonly<Record<string, () => string>> = {
  zsh: () => {
    writeFileSync(path.join(home, '_gear'), script('zsh'));
    return run('zsh', '-f', path.join(import.meta.dirname, 'complete.zsh'), home, ...lines);
  },
  fish: () => {
    const file = path.join(home, 'gear.fish');
    writeFileSync(file, script('fish'));
    const ask = 'source $argv[1]; for line in $argv[2..]; complete -C $line; echo; end';
    return run('fish', '--no-config', '-c', ask, file, ...lines);
  },
};

function isThere(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'exit'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.each(Object.entries(shells))('%s', (shell, offers) => {
  test('offers commands, those of a topic, values, flags and containers, as its user asks for them', (context) => {
    if (!isThere(shell)) context.skip(`there is no ${shell} on this machine`);
    const offered = offers()
      .split(/^\n/m)
      .map((list) => list.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? ''])));
    expect(offered.slice(0, lines.length)).toEqual([
      ['install'],
      ['ls', 'rm', 'set'],
      ['docker', 'podman'],
      // fish offers the word as a whole.
      shell === 'fish' ? ['--engine=docker', '--engine=podman'] : ['docker', 'podman'],
      ['--condition-path-exists', '--condition-path-exists-glob'],
      ['mine'],
    ]);
  });
});
