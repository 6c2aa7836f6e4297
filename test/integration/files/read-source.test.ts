import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSource } from '../../../src/adapters/files/read-source.ts';

const mostBytes = 1000;
const nobody = 65_534;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gear-source-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

function problemOf(name: string): string | null {
  const source = readSource(path.join(folder, name), mostBytes);
  return 'problem' in source ? source.problem : null;
}

test('an ordinary file, and a link to one, are read byte for byte', async () => {
  const bytes = Uint8Array.of(0, 0xff, 0x0a, 0x0d);
  await writeFile(path.join(folder, 'plain'), bytes);
  await symlink('plain', path.join(folder, 'link'));
  for (const name of ['plain', 'link']) {
    const source = readSource(path.join(folder, name), mostBytes);
    expect('bytes' in source ? [...source.bytes] : source.problem).toEqual([...bytes]);
  }
});

test('what is no file, or not there, is told without waiting', async () => {
  await mkdir(path.join(folder, 'folder'));
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  await symlink('pipe', path.join(folder, 'link-to-pipe'));
  await symlink('there', path.join(folder, 'here'));
  await symlink('here', path.join(folder, 'there'));
  await symlink('nowhere', path.join(folder, 'dangling'));
  await writeFile(path.join(folder, 'large'), new Uint8Array(mostBytes + 1));
  expect(problemOf('folder')).toBe('is a folder');
  expect(problemOf('pipe')).toBe('is no ordinary file');
  expect(problemOf('link-to-pipe')).toBe('is no ordinary file');
  expect(problemOf('here')).toBe('is a loop of symbolic links');
  expect(problemOf('dangling')).toBe('does not exist');
  expect(problemOf('plain/below')).toBe('does not exist');
  expect(problemOf('x'.repeat(300))).toBe('has a name that is too long');
  expect(problemOf('large')).toContain('and may have at most');
});

test('a file that this user may not read is told so', async () => {
  await writeFile(path.join(folder, 'closed'), 'x', { mode: 0o000 });
  const { geteuid, seteuid } = process;
  const isRoot = geteuid?.() === 0;
  if (isRoot) seteuid?.(nobody);
  try {
    expect(problemOf('closed')).toBe('may not be read by this user');
  } finally {
    if (isRoot) seteuid?.(0);
  }
});
