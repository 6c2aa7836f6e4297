import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
