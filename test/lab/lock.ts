import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { exitCode } from './command.ts';
import { LabError } from './errors.ts';

/**
 * Runs `action` while holding flock(1) on `file`. The lock is held by a child which ends with this process, so a
 * killed holder never leaves it locked. `onWait` is called when somebody else holds it.
 */
export async function withLock<T>(file: string, action: () => Promise<T>, onWait?: () => void): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const waiting = onWait === undefined ? undefined : setTimeout(onWait, 1000);
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held && exec cat'], {
    // Ctrl-C goes to the whole foreground group and must not take the lock away before its holder is done.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = exitCode(holder);
  try {
    const first = await Promise.race([once(holder.stdout, 'data'), ended]);
    if (!Array.isArray(first)) throw new LabError(`cannot lock ${file}: flock exited with ${first}`);
    clearTimeout(waiting);
    return await action();
  } finally {
    clearTimeout(waiting);
    holder.stdin.end();
    await ended;
  }
}
