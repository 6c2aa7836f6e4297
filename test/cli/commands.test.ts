import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { type Command, Flags, Parser } from '@oclif/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { splitWords } from '../../src/core/descriptor/docker-run/split-words.ts';
import { splitCommand } from '../../src/cli/split-command.ts';
import type { Failure } from '../../src/errors/failure.ts';
import type { CommandTable } from '../../src/cli/command-table.ts';
import { readCommands } from '../../scripts/read-commands.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** The build, as users run it. Everything here ends before a host is asked, so that it is the same on every machine. */
function gear(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const file = path.join(root, 'bin', 'run.cjs');
    execFile(file, args, { cwd: root, env: { PATH: process.env['PATH'] } }, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
        stdout,
        stderr,
      });
    });
  });
}

describe('every command', () => {
  let table: CommandTable;
  beforeAll(async () => {
    table = await readCommands(root);
  });

  test('says in one line what it does, without a period', () => {
    for (const { id, summary } of Object.values(table.manifest)) {
      expect(summary, id).toMatch(/^[A-Z][^\n]{10,80}[^.]$/);
    }
  });

  test('explains itself beyond that line, in one paragraph: --help shows no more than the last', () => {
    for (const { id, description } of Object.values(table.manifest))
      expect(description, id).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test('has --json, with which a program reads it', () => {
    for (const { id, enableJsonFlag } of Object.values(table.manifest)) expect(enableJsonFlag, id).toBe(true);
  });

  test('has examples, and each of them parses', async () => {
    for (const { id, examples } of Object.values(table.manifest)) {
      expect(examples?.length, id).toBeGreaterThan(0);
      for (const example of examples ?? []) await expectToParse(table, id, example as string);
    }
  });

  test('describes every flag', () => {
    for (const { id, flags } of Object.values(table.manifest)) {
      for (const flag of Object.values(flags)) {
        expect(flag.description ?? flag.summary, `${id} --${flag.name}`).toMatch(/^[A-Z].{5,}/);
      }
    }
  });
});

async function expectToParse(table: CommandTable, id: string, example: string): Promise<void> {
  const topic = id.split(':');
  const text = example.replace('<%= config.bin %>', 'gear');
  const split = splitWords(text);
  // What a shell would redirect is no word of the command.
  const [bin, ...line] = split.ok ? split.value.map((word) => word.text) : text.split(' ');
  const words = line.slice(topic.length);
  expect([bin, ...line.slice(0, topic.length)], example).toEqual(['gear', ...topic]);
  const command = await table.load[id]?.();
  if (command === undefined) throw new Error(`${id} does not load`);
  // oclif leaves out what a command does not declare, whatever its types say.
  const declared: Partial<Pick<Command.Class, 'args' | 'flags' | 'strict'>> = command;
  const parsed = Parser.parse([...splitCommand(words).words], {
    args: declared.args ?? {},
    flags: { ...declared.flags, json: Flags.boolean() },
    strict: declared.strict ?? true,
    '--': false,
  });
  await expect(parsed, example).resolves.toBeDefined();
}

describe('wrong usage ends with status 2, one message and what to type', () => {
  test.each([
    [['instal', 'nginx', 'web'], 'there is no command "instal"', 'did you mean gear install?'],
    [['create', 'nginx'], 'there is no command "create"', 'write gear install IMAGE NAME --no-start'],
    [['remove', 'web'], 'there is no command "remove"', 'write gear rm NAME'],
    [['ps'], 'there is no command "ps"', 'write gear ls'],
    [['up', '-d'], 'there is no command "up"', 'write gear apply FILE'],
    [['enable', 'web'], 'there is no command "enable"', 'write gear start NAME'],
    [['--nonsense'], 'there is no command "--nonsense"', 'gear --help'],
    [['ls', 'web'], 'gear ls takes no name: "web"', 'gear ls --help'],
    [['cp'], 'FROM and TO are missing', 'gear cp --help'],
    [['diff', 'a.yaml'], 'AFTER is missing', 'gear diff --help'],
    [['rm'], 'NAME is missing', 'gear rm --help'],
    [['install', 'nginx'], 'the name is missing', 'gear install nginx nginx'],
    [
      ['install', 'nginx', 'web', '--publihs', '80:80'],
      'there is no flag "--publihs"',
      'did you mean --publish?',
    ],
    [
      ['install', 'nginx', 'web', '--pull', 'often'],
      'expected --pull=often to be one of',
      'gear install --help',
    ],
    [['install', 'nginx', 'web', '--user'], '--user has no value', 'write it as --user 1000:1000'],
    [
      ['install', 'nginx', 'web', '--health-cmd'],
      '--health-cmd has no value',
      "write it as --health-cmd 'wget -qO- http://127.0.0.1/'",
    ],
    [
      ['exec', '-it', 'web', '--', 'sh'],
      'there is no flag "-it"',
      'leave it out: the program has the terminal',
    ],
    [['logs', 'web', '--tail=5'], 'there is no flag "--tail=…"', 'write it as --lines 100'],
    [['install', 'nginx', 'web', '--port=1'], 'there is no flag "--port=…"', 'write it as --publish 8080:80'],
    [
      ['install', '--user', 'nginx:1.27', 'web'],
      '--user took "nginx:1.27"',
      'for systemd of your own it stands in front: gear --user install nginx:1.27 web',
    ],
    [['install', 'nginx', 'web', '--publish'], '--publish has no value', 'write it as --publish 8080:80'],
    [['registry', 'login', 'ghcr.io'], '--username is missing', 'gear registry login --help'],
    [['uninstall'], '--all is missing', 'gear uninstall --help'],
    [['rollback', 'web', '--to', 'yesterday'], '--to: expected an integer', 'gear rollback --help'],
    [['history', 'web', 'db'], 'unexpected argument: "db"', 'gear history --help'],
    [['set', 'web'], 'nothing is given to change', 'gear set'],
    [['env', 'set', 'web'], 'no variable is given', 'gear env set web KEY=VALUE'],
    [['env', 'set', 'web', 'TRACE'], '"TRACE" has no value', 'gear env set web TRACE=VALUE'],
    [['install', '-d', 'nginx', 'web'], 'there is no flag "-d"', 'leave it out: systemd runs containers'],
    [['install', 'nginx', '--name=web'], 'there is no flag "--name=…"', 'put the name after the image'],
    [['install', 'nginx', 'web', '--evn=A=hunter2'], 'there is no flag "--evn=…"', 'did you mean --env?'],
    [['--env=A=hunter2', 'install'], 'there is no command "--env=…"', 'gear --help'],
    [['ls', 'A=hunter2'], 'gear ls takes no name: "A=…"', 'gear ls --help'],
    [['secret', 'sett', 'key'], 'there is no command "secret sett"', 'did you mean gear secret set?'],
    [['secret', 'ls', 'key'], 'gear secret ls takes no name: "key"', 'gear secret ls --help'],
    [['secret', 'rm'], 'NAME is missing', 'gear secret rm --help'],
    [['ssh'], 'HOST is missing', 'gear ssh --help'],
    [
      ['secret', 'set', 'key', 'hunter2'],
      'a value is not taken from the command line',
      'gear secret set NAME',
    ],
    [['history', 'web', 'A=hunter2'], 'unexpected argument: "A=…"', 'gear history --help'],
  ])('gear %j', async (args, message, next) => {
    const { code, stdout, stderr } = await gear(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [first, second, ...more] = stderr.trimEnd().split('\n');
    expect(first).toContain(`error: ${message}`);
    expect(second).toContain(`→ ${next}`);
    expect(more).toEqual([]);
    expect(stderr).not.toContain('hunter2');
  });
});

test('-h alone is the help of gear, as --help is', async () => {
  const [short, long] = [await gear('-h'), await gear('--help')];
  expect(short).toEqual(long);
  expect(short.stdout).toContain('gear install nginx:1.27 web --publish 80:80');
});

test('words keep their order, also where the value of a flag before them reads the same', async () => {
  for (const flags of [
    ['--user', 'My_X'],
    ['--after', 'My_X'],
    ['--env', 'A=1'],
  ]) {
    const { stdout } = await gear('install', ...flags, 'nginx', 'My_X', 'A=1', '--json');
    const { error } = JSON.parse(stdout) as { error: Failure };
    expect(error, flags.join(' ')).toMatchObject({ code: 'NAME_INVALID', place: { text: 'My_X' } });
  }
});

describe('with --json a failure is an object on stdout, and nothing else is written', () => {
  test.each([
    [2, 'USAGE', ['instal', 'nginx', 'web']],
    [2, 'USAGE', ['install', 'nginx']],
    [2, 'USAGE', ['install', 'nginx', 'web', '--nonsense']],
    [4, 'NAME_INVALID', ['install', 'nginx', 'My_Web']],
    [4, 'VALUE_INVALID', ['install', 'nginx', 'web', '--publish', '80:99999']],
    [4, 'VALUE_INVALID', ['install', '--from-run', 'docker run `id` nginx', 'web']],
    [4, 'NAME_INVALID', ['install', '--from-run', 'docker run --name My_Web -d nginx']],
    [4, 'VALUE_INVALID', ['set', 'web', '--reset', 'memroy']],
    [4, 'ENV_FILE_UNREADABLE', ['install', 'nginx', 'web', '--env-file', '/nonexistent.env']],
    [4, 'NAME_INVALID', ['secret', 'set', 'a b']],
    [4, 'VALUE_INVALID', ['secret', 'set', 'key', '--from-file', '/nonexistent']],
    [4, 'VALUE_INVALID', ['logs', 'web', '--since', 'yesterday']],
  ])('status %i, code %s: gear %j', async (status, code, args) => {
    const result = await gear(...args, '--json');
    expect(result).toMatchObject({ code: status, stderr: '' });
    const value = JSON.parse(result.stdout) as { error: Failure; errors: Failure[] };
    expect(value.error.code).toBe(code);
    for (const text of [value.error.message, value.error.next])
      expect(text).toMatch(/^[^A-Z\n][^\n]*[^.\n]$/);
    expect(value.errors[0]).toEqual(value.error);
  });
});

test('the help of install has a heading for each kind of flag', async () => {
  const { stdout } = await gear('install', '--help');
  const headings = stdout.match(/^[A-Z]+(?: [A-Z]+)* FLAGS$/gm) ?? [];
  expect(headings.map((heading) => heading.replace(' FLAGS', ''))).toEqual([
    ...['GLOBAL', 'NETWORK', 'STORAGE', 'PROCESS', 'SECURITY'],
    ...['RESOURCE', 'HEALTH', 'LIFECYCLE', 'LOG', 'SYSTEMD'],
  ]);
});

test('the help of gear itself is short, begins with an example and lists each command once', async () => {
  const { stdout } = await gear('--help');
  expect(stdout.split('\n').length).toBeLessThan(90);
  expect(stdout).toContain('gear install nginx:1.27 web --publish 80:80');
  expect(stdout.match(/^ {2}(delete|list-units) /gm)).toBeNull();
});

describe('--user in front of a command', () => {
  test('shows help to everybody', async () => {
    const { code, stdout } = await gear('--user', 'install', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('gear install');
    expect((await gear('--user')).stdout).toContain('gear --user install nginx:1.27 web');
  });

  test.runIf(process.getuid?.() === 0)('is refused to root, as JSON too', async () => {
    const { code, stderr } = await gear('--user', 'ls');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: gear --user is for users without root.*\n {2}→ leave --user out/);
    const { stdout } = await gear('--user', 'ls', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USER_SCOPE' } });
  });

  test('behind a command is the flag of docker run', async () => {
    const { code, stderr } = await gear('install', 'web:1', 'web', '--user');
    expect(code).toBe(2);
    expect(stderr).toContain('--user');
  });
});

test('what writes JSON a line at a time fails in a line too', async () => {
  for (const line of [['watch', '/no/such/folder'], ['events'], ['logs', 'nobody']]) {
    const { code, stdout } = await gear(...line, '--json');
    expect(code).not.toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: expect.any(String) as string } });
  }
});

describe('output that cannot be written', () => {
  interface Ended {
    readonly code: number | null;
    readonly stderr: string;
  }

  const ended = (child: ChildProcess): Promise<Ended> =>
    new Promise((resolve) => {
      let stderr = '';
      child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
      child.once('close', (code) => resolve({ code, stderr }));
    });
  const shell = (line: string): ChildProcess => spawn('sh', ['-c', line], { cwd: root });

  test('is a failure that says so', async () => {
    const unfound = await ended(shell('exec bin/run.cjs convert none.yaml --json > /dev/full'));
    expect(unfound.stderr).toMatch(/^error: stdout cannot be written: ENOSPC[^\n]*\n {2}→ free space/);
    expect(unfound.stderr.trim().split('\n')).toHaveLength(2);
    expect(unfound.code).toBe(4);
    expect((await ended(shell('exec bin/run.cjs ls --help > /dev/full'))).code).toBe(5);
  });

  test('changes nothing where it is stderr, of which nobody can be told', async () => {
    expect((await ended(shell('exec bin/run.cjs nosuch 2> /dev/full'))).code).toBe(2);
    const unread = shell('exec bin/run.cjs nosuch');
    unread.stderr?.destroy();
    expect((await ended(unread)).code).toBe(2);
  });
});
