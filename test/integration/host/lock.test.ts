import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLock } from '../../../src/adapters/host/lock.ts';
import { startLocal } from '../../../src/adapters/host/start-local.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import type { LockHolder } from '../../../src/ports/lock.ts';

const me: LockHolder = { command: 'set web', by: 'root', pid: process.pid, sinceMs: 0 };
const script = join(import.meta.dirname, 'hold-lock.ts');
let folder: string;
let path: string;
let others: Other[];

/** Another gear: a process of its own that holds, or waits for, the same lock. */
interface Other {
  readonly process: ChildProcessWithoutNullStreams;
  /** Its next line. */
  next(): Promise<string>;
}

function other(command: string, heartbeatMs = 2000, graceMs = 10_000): Other {
  const args = ['--import', 'tsx', script, path, command, String(heartbeatMs), String(graceMs)];
  const process = spawn(globalThis.process.execPath, args);
  const lines = createInterface(process.stdout)[Symbol.asyncIterator]();
  const started = { process, next: async () => String((await lines.next()).value) };
  others.push(started);
  return started;
}

function lock(start = startLocal): ReturnType<typeof createLock> {
  return createLock({ path, start });
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(() => null).catch((thrown: unknown) => thrown);
  if (!(error instanceof FailureError)) throw new Error('not refused', { cause: error });
  const [failure] = error.failures;
  if (!failure) throw new Error('refused without a failure');
  return failure;
}

/** The shells of one command that hold or wait for this test's lock. */
function waiters(command: string): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('gear-lock') && line.includes(path) && line.includes(command));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gear-lock-'));
  path = join(folder, 'state', 'lock');
  others = [];
});
afterEach(async () => {
  for (const { process } of others) process.kill('SIGKILL');
  // A shell that is about to open the lock would put it into the folder that is being removed.
  await expect.poll(() => waiters(''), { timeout: 10_000 }).toEqual([]);
  await rm(folder, { recursive: true });
});

describe('a lock far away', () => {
  it('is let go of without waiting for that, and whoever takes it at once again waits for nobody', async () => {
    let live = 0;
    const start = (command: readonly string[]) => {
      const child = startLocal(command);
      live++;
      child.once('close', () => live--);
      return child;
    };
    const far = createLock({ path, start, isFar: true });
    const waited: unknown[] = [];
    const options = { timeoutMs: 5000, onWaiting: (holder: unknown) => waited.push(holder) };
    const first = await far.acquire(me, options);
    await first.release();
    expect(live).toBe(1);
    const second = await far.acquire(me, options);
    expect([live, waited, first.lost.aborted]).toEqual([1, [], false]);
    await second.release();
    const other = await lock().acquire(me, { timeoutMs: 5000 });
    await other.release();
  });
});

describe('a free lock', () => {
  it('is taken without a word, names its holder in the file, and leaves no name behind', async () => {
    const waited: unknown[] = [];
    const lease = await lock().acquire(me, { timeoutMs: 1000, onWaiting: (holder) => waited.push(holder) });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(me);
    await lease.release();
    await lease.release();
    expect(await readFile(path, 'utf8')).toBe('');
    expect(waited).toEqual([]);
    expect(lease.lost.aborted).toBe(false);
  });

  it('is free again as soon as release resolves', async () => {
    for (let round = 0; round < 10; round++) {
      const lease = await lock().acquire(me, { timeoutMs: 0 });
      await lease.release();
    }
  });

  it('stays with its holder when all processes are asked to end, as systemd ends a service', async () => {
    const lease = await lock().acquire(me, { timeoutMs: 0 });
    const shell = `gear-lock ${path}`;
    execFileSync('pkill', ['-TERM', '-f', shell]);
    const refused = await failureOf(lock().acquire(me, { timeoutMs: 200 }));
    expect(refused.code).toBe('LOCKED');
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
    expect(waiters(me.command)).toEqual([]);
  });

  it('takes whatever stands in names as data', async () => {
    const hostile = { ...me, command: 'install $(touch x) `id` "\'\\n%s\n-n', by: '-e; rm -rf /' };
    const lease = await lock().acquire(hostile, { timeoutMs: 0 });
    const refused = await failureOf(lock().acquire(me, { timeoutMs: 0 }));
    expect(refused.message).toContain(hostile.command);
    await lease.release();
  });
});

describe('a lock that another gear holds', () => {
  it('is waited for, its holder named once, and taken when it is released', async () => {
    const holder = other('install web');
    expect(await holder.next()).toBe('held');
    const named: (LockHolder | null)[] = [];
    const taking = lock().acquire(me, {
      timeoutMs: 10_000,
      onWaiting: (who) => {
        named.push(who);
        holder.process.stdin.write('\n');
      },
    });
    expect(await holder.next()).toBe('released');
    const lease = await taking;
    expect(named).toMatchObject([{ command: 'install web', by: 'anna (sudo)', pid: holder.process.pid }]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(me);
    await lease.release();
  });

  it('makes one that gives up say who holds it', async () => {
    const holder = other('install web');
    await holder.next();
    const refused = await failureOf(lock().acquire(me, { timeoutMs: 200 }));
    expect(refused.code).toBe('LOCKED');
    expect(refused.message).toContain('"install web" by anna (sudo)');
    expect(refused.message).toContain(`process ${holder.process.pid ?? ''}`);
    expect(refused.next).toContain('ps');
  });

  it('is free at once when its holder is killed with SIGKILL', async () => {
    const holder = other('install web');
    await holder.next();
    const taking = lock().acquire(me, { timeoutMs: 10_000 });
    await other('rm web').next();
    const killed = performance.now();
    others[1]?.process.kill('SIGKILL');
    holder.process.kill('SIGKILL');
    await (await taking).release();
    expect(performance.now() - killed).toBeLessThan(1000);
  });

  it('is free when its holder stands still for longer than the grace, and the holder is told', async () => {
    const holder = other('install web', 50, 400);
    await holder.next();
    holder.process.kill('SIGSTOP');
    const lease = await lock().acquire(me, { timeoutMs: 5000 });
    holder.process.kill('SIGCONT');
    expect(await holder.next()).toBe('lost');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(me);
    await lease.release();
  });

  it('stays held for longer than the grace by one that lives', async () => {
    const holder = other('install web', 50, 300);
    await holder.next();
    expect((await failureOf(lock().acquire(me, { timeoutMs: 1000 }))).code).toBe('LOCKED');
  });

  it('is given up at once when the user interrupts the wait, and nobody goes on waiting', async () => {
    const holder = other('install web');
    await holder.next();
    const interrupt = new AbortController();
    const refused = failureOf(
      lock().acquire(me, { timeoutMs: 10_000, signal: interrupt.signal, onWaiting: () => interrupt.abort() }),
    );
    expect((await refused).code).toBe('INTERRUPTED');
    expect(waiters(me.command)).toEqual([]);
  });

  it('has no waiter left when one that waits is killed', async () => {
    const holder = other('install web');
    await holder.next();
    const waiter = other('rm web');
    expect(await waiter.next()).toBe('waiting for install web');
    expect(waiters('rm web')).not.toEqual([]);
    waiter.process.kill('SIGKILL');
    await expect.poll(() => waiters('rm web')).toEqual([]);
  });
});

describe('the process that holds the lock', () => {
  it('aborts lost when it dies, and not when it is released', async () => {
    let started: ChildProcessWithoutNullStreams | undefined;
    const lease = await lock((command) => (started = startLocal(command))).acquire(me, { timeoutMs: 0 });
    const lost = new Promise((resolve) => lease.lost.addEventListener('abort', resolve));
    started?.kill('SIGKILL');
    await lost;
    expect(lease.lost.reason).toBeInstanceOf(FailureError);
    await lease.release();
  });
});

describe('a lock file', () => {
  it('that is replaced while one waits is taken anew, not its leftover', async () => {
    const holder = other('install web');
    await holder.next();
    const taking = lock().acquire(me, {
      timeoutMs: 10_000,
      onWaiting: () => {
        void rename(path, `${path}.old`)
          .then(() => writeFile(path, ''))
          .then(() => holder.process.stdin.write('\n'));
      },
    });
    const lease = await taking;
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(me);
    await lease.release();
  });

  it('that went or was replaced meanwhile is neither made again nor written to by the one who lets go', async () => {
    const gone = await lock().acquire(me, { timeoutMs: 0 });
    await rm(path);
    await gone.release();
    expect(await readdir(join(folder, 'state'))).toEqual([]);
    const replaced = await lock().acquire(me, { timeoutMs: 0 });
    await rename(path, `${path}.old`);
    await writeFile(path, 'of another');
    await replaced.release();
    expect(await readFile(path, 'utf8')).toBe('of another');
  });

  it('that cannot be opened says why', async () => {
    await writeFile(join(folder, 'state'), 'a file where a folder is needed');
    const refused = await failureOf(lock().acquire(me, { timeoutMs: 0 }));
    expect(refused).toMatchObject({ code: 'FILE_FAILED', subject: path });
    expect(refused.message).toContain(path);
  });

  it('cannot be had without a shell', async () => {
    const refused = await failureOf(lock(() => startLocal(['/no/such/bash'])).acquire(me, { timeoutMs: 0 }));
    expect(refused.message).toContain('ENOENT');
  });
});
