import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
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

  test('stays while it is read, and is another after each write and chmod', async () => {
    const path = `${root}/manifest.json`;
    expect(await signature(path)).toBeNull();
    await files.write(path, 'the same', 0o644);
    const first = await signature(path);
    await files.read(path);
    expect(await signature(path)).toBe(first);
    await files.write(path, 'the same', 0o644);
    const second = await signature(path);
    await chmod(path, 0o600);
    expect(new Set([first, second, await signature(path)]).size).toBe(3);
  });
});
