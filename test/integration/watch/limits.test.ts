import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A user namespace counts its watches by itself, so that the limit of the machine stays as it is. */
const limited = ['--user', '--map-root-user', 'sh', '-c'];
const script = 'echo "$0" >/proc/sys/user/max_inotify_watches && exec "$@"';
const isAllowed = spawnSync('unshare', [...limited, script, '100', 'true']).status === 0;

let folder = '';
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-limits-'));
  for (let at = 0; at < 30; at += 1) await mkdir(path.join(folder, `app${String(at)}`));
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true });
});

/** The words of a watcher that may listen to so many folders, as they come. */
function wordsWith(watches: number): AsyncIterator<string, undefined> {
  const watcher = [
    process.execPath,
    '--import',
    'tsx',
    path.join(import.meta.dirname, 'watch-folder.ts'),
    folder,
  ];
  child = spawn('unshare', [...limited, script, String(watches), ...watcher], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('the watcher has no output');
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]();
}

test.skipIf(!isAllowed)(
  'where the kernel gives no more watches, that is told once, and it looks every second',
  async () => {
    const words = wordsWith(10);
    const told: string[] = [];
    const heard = () => told.filter((word) => word === 'heard').length;
    while (!told.includes('follows') || heard() < 3) {
      const next = await words.next();
      if (next.done === true) throw new Error(`the watcher ended after ${told.join(', ')}`);
      told.push(next.value);
    }
    const troubles = told.filter((word) => word.startsWith('troubled'));
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain('fs.inotify.max_user_watches');
  },
);
