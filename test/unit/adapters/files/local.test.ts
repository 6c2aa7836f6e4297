import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalFiles } from '../../../../src/adapters/files/local.ts';
import { describeFiles } from './contract.ts';

describeFiles('on a real file system under a restrictive umask', async () => {
  const root = await mkdtemp(join(tmpdir(), 'gear-files-'));
  const umask = process.umask(0o077);
  return {
    files: createLocalFiles(),
    root,
    modeOf: async (path) => (await stat(path)).mode & 0o7777,
    inodeOf: async (path) => (await stat(path)).ino,
    close: async () => {
      process.umask(umask);
      await rm(root, { recursive: true });
    },
  };
});

describe('the signature of a file', () => {
  const files = createLocalFiles();
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'gear-files-'));
  });
  afterAll(() => rm(root, { recursive: true }));
  const signature = (path: string): Promise<string | null> =>
    files.signature?.(path) ?? expect.unreachable('a local file has one');

  test('stays while it is read, and is another after each write', async () => {
    const path = `${root}/manifest.json`;
    expect(await signature(path)).toBeNull();
    await files.write(path, 'the same', 0o644);
    const first = await signature(path);
    await files.read(path);
    expect(await signature(path)).toBe(first);
    await files.write(path, 'the same', 0o644);
    expect(await signature(path)).not.toBe(first);
  });
});

test('files that cannot all be written leave nothing of theirs, and what somebody else puts there meanwhile', async () => {
  const root = await mkdtemp(join(tmpdir(), 'gear-files-'));
  const files = createLocalFiles();
  function* failing(path: string, meanwhile: () => void) {
    yield { path, mode: 0o644, content: 'one' };
    meanwhile();
    throw new Error('no more');
  }
  const alone = files.writeInto(
    `${root}/a/b/out`,
    failing('x', () => undefined),
  );
  await expect(alone).rejects.toThrow('no more');
  expect(await readdir(root)).toEqual([]);
  const shared = files.writeInto(
    `${root}/a/out`,
    failing('x', () => writeFileSync(`${root}/a/out/theirs`, '')),
  );
  await expect(shared).rejects.toThrow('no more');
  expect(await readdir(`${root}/a/out`)).toEqual(['theirs']);
  await rm(root, { recursive: true });
});
