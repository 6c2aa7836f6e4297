import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf } from './refusal.ts';
import { syncFolder } from './sync.ts';

const usualMode = 0o755;

/**
 * Makes a folder and the parents it lacks, each durable and, whatever the umask, 0755: only the folder itself
 * may have another mode. One that exists is left as it is.
 */
export async function makeFolder(path: string, mode = usualMode): Promise<void> {
  try {
    await makeOne(path, mode);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return;
    if (errnoOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path, mode);
  }
}

async function makeOne(path: string, mode: number): Promise<void> {
  mkdirSync(path, { mode });
  chmodSync(path, mode);
  await syncFolder(dirname(path));
}
