import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gitCheckout } from '../../../src/adapters/git/checkout.ts';
import { followCheckout, type GitFolder } from '../../../src/cli/watch/git-folder.ts';
import type { Timers } from '../../../src/ports/clock.ts';
import type { WatchNews } from '../../../src/report/watch.ts';

const patience = { timeout: 20_000, interval: 20 };
const minuteMs = 60_000;

/** A clock that stands until it is told that time has passed. */
class HandClock implements Timers {
  #nowMs = 0;
  readonly #due = new Map<() => void, number>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, ring: () => void): () => void {
    this.#due.set(ring, this.#nowMs + delayMs);
    return () => void this.#due.delete(ring);
  }

  get waiting(): number {
    return this.#due.size;
  }

  pass(ms: number): void {
    this.#nowMs += ms;
    for (const [ring, dueMs] of this.#due) {
      if (dueMs > this.#nowMs) continue;
      this.#due.delete(ring);
      ring();
    }
  }
}

let temp: string;
let repository: string;
let clock: HandClock;
let told: WatchNews[];
let followed: GitFolder;

async function commit(text: string): Promise<string> {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], {
      encoding: 'utf8',
    }).trim();
  await writeFile(path.join(repository, 'a.yaml'), text);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a change');
  return git('rev-parse', 'HEAD');
}

/** A minute passes, and whatever was asked then is answered. */
async function minute(): Promise<void> {
  expect(clock.waiting).toBe(1);
  clock.pass(minuteMs);
  await vi.waitFor(() => {
    expect(clock.waiting).toBe(1);
  }, patience);
}

beforeEach(async () => {
  temp = await mkdtemp(path.join(tmpdir(), 'gear-git-'));
  repository = path.join(temp, 'repository');
  await mkdir(repository);
  clock = new HandClock();
  told = [];
});
afterEach(async () => {
  await followed.close();
  await rm(temp, { recursive: true });
});

async function follow(): Promise<void> {
  const source = { url: `file://${repository}`, ref: 'HEAD', folder: '' };
  const checkout = gitCheckout(path.join(temp, 'state'), source);
  followed = await followCheckout(checkout, clock, (news) => told.push(news), new AbortController().signal);
}

test('it is asked every minute without a word, and a new commit is told and swapped in', async () => {
  const first = await commit('one');
  await follow();
  expect(told).toEqual([{ type: 'commit', commit: first }]);
  const second = await commit('two');
  clock.pass(minuteMs - 1);
  expect(followed.commit()).toBe(first);
  clock.pass(1);
  await vi.waitFor(() => {
    expect(told.at(-1)).toEqual({ type: 'commit', commit: second });
  }, patience);
  expect(followed.commit()).toBe(second);
  expect(await readFile(path.join(followed.folder, 'a.yaml'), 'utf8')).toBe('two');
  await vi.waitFor(() => {
    expect(clock.waiting).toBe(1);
  }, patience);
  await minute();
  expect(told).toHaveLength(2);
});

test('out of reach, the last commit stays, which is told once; back again, the newest one is found', async () => {
  const first = await commit('one');
  await follow();
  await rename(repository, `${repository}-away`);
  await minute();
  await minute();
  expect(told.filter(({ type }) => type === 'trouble')).toEqual([
    { type: 'trouble', message: expect.stringContaining('the last commit stays') as string },
  ]);
  expect(followed.commit()).toBe(first);
  expect(await readFile(path.join(followed.folder, 'a.yaml'), 'utf8')).toBe('one');
  await rename(`${repository}-away`, repository);
  const second = await commit('two');
  await minute();
  expect(told.at(-1)).toEqual({ type: 'commit', commit: second });
});

test('asked by hand, it does not wait for its minute, and asks again a minute later', async () => {
  await commit('one');
  await follow();
  const second = await commit('two');
  followed.update();
  await vi.waitFor(() => {
    expect(followed.commit()).toBe(second);
  }, patience);
  const third = await commit('three');
  await vi.waitFor(() => {
    expect(clock.waiting).toBe(1);
  }, patience);
  await minute();
  expect(followed.commit()).toBe(third);
});
