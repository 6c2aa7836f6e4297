import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = path.join(import.meta.dirname, '..', '..', 'bin', 'run.cjs');
let folder: string;
let descriptor: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gear-folder-'));
  descriptor = path.join(folder, 'shop.yaml');
  await writeFile(descriptor, 'containers: {web: {image: "web:1"}}\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** `gear WORD…` in a folder that is deleted once the shell is in it. */
async function gear(...words: readonly string[]) {
  const cwd = await mkdtemp(path.join(folder, 'gone-'));
  const script = 'rmdir "$PWD" && exec "$@"';
  const env = { PATH: process.env['PATH'], XDG_CONFIG_HOME: folder };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      '/bin/sh',
      ['-c', script, 'sh', process.execPath, run, ...words],
      { cwd, env },
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === 'number' ? error.code : Number(error !== null),
          stdout,
          stderr,
        });
      },
    );
  });
}

describe('in a folder that was deleted', () => {
  test.each([
    ['check', 'shop.yaml'],
    ['render', './shop.yaml'],
    ['convert', 'shop.yaml'],
    ['plan', 'shop.yaml'],
    ['apply', 'shop.yaml', '--yes'],
    ['diff', 'shop.yaml', 'new.yaml'],
    ['cp', 'web:/etc/hosts', '.'],
  ])('gear %s %s says that it is gone, and where to go', async (...words) => {
    const { code, stdout, stderr } = await gear(...words);
    expect(stderr).toContain(
      'error: the folder that gear was called in does not exist any more\n' +
        '  → go to one that exists, e.g. cd ~, or give paths that begin with /\n',
    );
    expect(stderr).not.toContain('uv_cwd');
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
  });

  test('--json has it as a failure with its code', async () => {
    const { code, stdout } = await gear('check', 'shop.yaml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'FOLDER_GONE' } });
    expect(code).toBe(5);
  });

  test('what needs no folder works: a list of hosts, and a descriptor with its whole path', async () => {
    expect(await gear('host', 'ls')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No hosts') as string,
    });
    expect(await gear('check', descriptor)).toMatchObject({ code: 0, stdout: 'ok: 1 app, 1 container\n' });
  });

  test('a container is installed there, when none of its paths is relative', async () => {
    const { stderr } = await gear('install', 'web:1', 'web', '--volume', '/srv/data:/data');
    // It comes as far as to ask for the host.
    expect(stderr).not.toMatch(/the folder that gear was called in|uv_cwd/);
    expect(stderr).toContain('error: ');
  });
});
