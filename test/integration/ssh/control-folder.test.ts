import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { claimPath, controlFolder, controlPath } from '../../../src/adapters/ssh/control-folder.ts';

const web1 = { label: 'web1', host: 'web1' };
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gear-control-'));
  return () => rm(home, { recursive: true, force: true });
});

test('the folder of control sockets is this user’s alone, and none that others can write', async () => {
  const folder = await controlFolder({ XDG_RUNTIME_DIR: home });
  expect(folder).toBe(join(home, 'gear-ssh'));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await chmod(folder, 0o777);
  expect(await controlFolder({ XDG_RUNTIME_DIR: home })).not.toBe(folder);
});

test('each gear has a connection of its own while it works, and the next one finds it again', () => {
  const first = claimPath(home, web1);
  const second = claimPath(home, web1);
  expect(first.path).toBe(controlPath(home, web1));
  expect(second.path).not.toBe(first.path);
  first.giveBack();
  expect(claimPath(home, web1).path).toBe(first.path);
});

test('a connection beside the one that is kept is at a control socket that nobody has left there', async () => {
  await writeFile(controlPath(home, web1), '');
  await writeFile(`${controlPath(home, web1)}-1`, '');
  expect(claimPath(home, web1, true).path).toBe(`${controlPath(home, web1)}-2`);
});

test('the claim of a process that is gone counts for nothing', async () => {
  const { pid } = spawnSync('true');
  await writeFile(`${controlPath(home, web1)}.pid`, String(pid));
  expect(claimPath(home, web1).path).toBe(controlPath(home, web1));
});
