import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '../files/refusal.ts';

const ownerOnly = 0o600;

/**
 * Puts a file of the user's own, 0600 in a folder of 0700, in its place whole: several gears may do so at once, and the
 * last one counts. What a killed one left beside it goes.
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${String(process.pid)}.tmp`;
  await sweep(folder);
  try {
    const handle = await open(temporary, 'wx', ownerOnly);
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    // The failure that led here is the one to tell; what stays is swept by the next write.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /\.(\d+)\.tmp$/.exec(name) ?? [];
    if (pid !== undefined && (Number(pid) === process.pid || !runs(Number(pid))))
      await rm(path.join(folder, name), { force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}
