import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRemoteFiles } from '../../../../src/adapters/ssh/files.ts';
import type { HostLink } from '../../../../src/adapters/ssh/link.ts';
import { RemoteShell } from '../../../../src/adapters/ssh/shell.ts';
import type { Files } from '../../../../src/ports/files.ts';

describe('the list of a folder of a host', () => {
  let folder: string;
  let files: Files;
  let tell: (line: string) => void;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gear-list-'));
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'file'), '');
    await symlink('/far', join(folder, 'link'));
    const child = spawn('/bin/sh', { stdio: 'pipe' });
    const shell = new RemoteShell(child, 'abc123');
    tell = (line) => child.stdin.write(`${line}\n`);
    const link: Pick<HostLink, 'request'> & { greeting: () => Promise<unknown> } = {
      request: (name, args, content) => shell.request(name, args, content),
      greeting: () => Promise.resolve({ facts: { uid: 0 } }),
    };
    files = createRemoteFiles(link as HostLink);
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** From now on find(1) of the host says this beside what it lists, and ends so. */
  const findSays = (complaint: string, status: number): void => {
    tell(`find() { command find "$@"; printf '%s\\n' "${complaint}" >&2; return ${String(status)}; }`);
  };
  const all = [
    { name: 'deep', kind: 'directory' },
    { name: 'file', kind: 'file' },
    { name: 'link', kind: 'symlink', target: '/far' },
  ];

  test('is a failure where it could not be read to its end', async () => {
    findSays(`find: '${folder}': Input/output error`, 1);
    await expect(files.list(folder)).rejects.toThrow(`cannot read ${folder}`);
  });

  test('is a failure where find ends badly without a word', async () => {
    tell('find() { return 1; }');
    await expect(files.list(folder)).rejects.toThrow(`cannot read ${folder}`);
  });

  test('is a failure where find complains and ends well all the same', async () => {
    findSays('find: something odd', 0);
    await expect(files.list(folder)).rejects.toThrow(`cannot read ${folder}`);
  });

  test('is a failure where one entry vanished and another could not be read', async () => {
    findSays(
      `find: '${folder}/gone': No such file or directory\nfind: '${folder}/bad': Input/output error`,
      1,
    );
    await expect(files.list(folder)).rejects.toThrow(`cannot read ${folder}`);
  });

  test('has what is there where another entry vanished meanwhile', async () => {
    findSays(`find: '${folder}/gone': No such file or directory`, 1);
    expect(await files.list(folder)).toEqual(all);
  });

  test('leaves out a link that vanished before its target was read', async () => {
    tell(
      `find() { command find "$@"; printf 'gone\\0l\\0\\0'; echo "find: 'gone': No such file or directory" >&2; return 1; }`,
    );
    expect(await files.list(folder)).toEqual(all);
  });

  test('is empty where there is no folder', async () => {
    expect(await files.list(join(folder, 'none'))).toEqual([]);
    expect(await files.list(join(folder, 'file/below'))).toEqual([]);
    expect(await files.list(join(folder, 'file'))).toEqual([]);
  });
});
