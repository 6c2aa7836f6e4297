import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './refusal.ts';
import { syncFolder } from './sync.ts';

const folderMode = 0o755;

/**
 * Makes a folder and the parents it lacks, each 0755 whatever the umask and each durable. One that exists is left as
 * it is.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return;
    if (errnoOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function makeOne(path: string): Promise<void> {
  await mkdir(path, { mode: folderMode });
  await chmod(path, folderMode);
  await syncFolder(dirname(path));
}
