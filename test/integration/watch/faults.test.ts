import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemTimers } from '../../../src/adapters/timers.ts';
import { createWatcher } from '../../../src/adapters/watch/watcher.ts';
import { DescriptorFolders } from '../../../src/cli/watch/descriptor-folders.ts';
import type { AppOutcome } from '../../../src/controller/machine/events.ts';
import { defaultRules } from '../../../src/controller/machine/rules.ts';
import { type Running, runController } from '../../../src/controller/run.ts';
import type { News } from '../../../src/core/model/watch-news.ts';
import { FailureError } from '../../../src/errors/failure.ts';

const patience = { timeout: 20_000, interval: 20 };
const full = {
  code: 'DISK_FULL',
  message: 'cannot write: no space left on device (ENOSPC)',
  next: 'df -h',
} as const;
/** nobody(5): whom permissions hold for, which they do not for root. */
const nobody = 65_534;

let temp: string;
let folder: string;
let running: Running;
let stop: AbortController;
let applied: Map<string, string>;
let news: News[];
let disk: 'fine' | 'full for notes' | 'full for changes';

function describing(app: string, value: string): string {
  return `name: ${app}\ncontainers: {web: {image: "web:1", env: {V: "${value}"}}}\n`;
}

function becomes(what: Readonly<Record<string, string>>): Promise<void> {
  return vi.waitFor(() => expect(Object.fromEntries(applied)).toEqual(what), patience);
}

beforeEach(async () => {
  temp = await mkdtemp(path.join(tmpdir(), 'gear-watch-'));
  folder = path.join(temp, 'apps');
  applied = new Map();
  news = [];
  disk = 'fine';
  await mkdir(folder);
  await writeFile(path.join(folder, 'a.yaml'), describing('a', '1'));
  stop = new AbortController();
  const watcher = createWatcher({
    heard: () => running.send({ type: 'woken' }),
    troubled: (why) => expect.unreachable(why),
  });
  running = runController({
    timers: systemTimers,
    rules: { ...defaultRules, rescanMs: 500, absentMs: 300 },
    descriptors: new DescriptorFolders([folder], watcher),
    claims: [],
    keepClaims: () =>
      disk === 'full for notes' ? Promise.reject(new FailureError(full)) : Promise.resolve(),
    apply: (apps) => {
      const failed: AppOutcome = { ok: false, failures: [full], disturbing: false };
      if (disk === 'full for changes') return Promise.resolve(new Map(apps.map(({ app }) => [app, failed])));
      for (const { app, containers } of apps) applied.set(app, containers[0]?.environment['V'] ?? '');
      return Promise.resolve(new Map(apps.map(({ app }) => [app, { ok: true }])));
    },
    fetch: () => expect.unreachable('every image is there'),
    remove: (apps) => {
      for (const app of apps) applied.delete(app);
      return Promise.resolve(new Map(apps.map((app) => [app, { ok: true }])));
    },
    mend: () => expect.unreachable('nothing drifts'),
    inspect: () => Promise.resolve({ drifts: [] }),
    hold: () => expect.unreachable('nothing was stopped'),
    restart: () => expect.unreachable('nothing is sick'),
    tell: (each) => news.push(each),
    signal: stop.signal,
    once: false,
  });
  stop.signal.addEventListener('abort', () => void watcher.close());
  await becomes({ a: '1' });
});
afterEach(async () => {
  vi.useRealTimers();
  stop.abort();
  await running.ended;
  await rm(temp, { recursive: true });
});

describe('a full disk', () => {
  test.each(['full for notes', 'full for changes'] as const)(
    '%s: it is told once, and what was written is applied when there is space',
    async (how) => {
      disk = how;
      await writeFile(path.join(folder, 'a.yaml'), describing('a', '2'));
      await writeFile(path.join(folder, 'b.yaml'), describing('b', '1'));
      await vi.waitFor(() => expect(running.state().apps.get('b')?.trouble?.attempts).toBe(2), patience);
      const failed = news.filter((each) => each.type === 'failed' && each.app === 'b');
      expect(failed.map((each) => each.type === 'failed' && each.isNew)).toEqual([true, false]);
      expect(Object.fromEntries(applied)).toEqual({ a: '1' });
      disk = 'fine';
      await becomes({ a: '2', b: '1' });
    },
  );
});

test('clocks that jump, back or ahead, hurry nothing and hold up nothing', async () => {
  for (const [at, value] of [
    ['2001-09-09', '2'],
    ['2099-01-01', '3'],
  ] as const) {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) });
    await writeFile(path.join(folder, 'a.yaml'), describing('a', value));
    await becomes({ a: value });
  }
  expect(news.map(({ type }) => type)).not.toContain('absent');
});

test.runIf(process.getuid?.() === 0)(
  'a folder that may not be read any more takes nothing along, and is read when it may',
  async () => {
    await chmod(temp, 0o755);
    await chown(folder, nobody, nobody);
    process.seteuid?.(nobody);
    try {
      await chmod(folder, 0o000);
      await vi.waitFor(() => expect(news).toContainEqual({ type: 'lost', folder }), patience);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(Object.fromEntries(applied)).toEqual({ a: '1' });
      await chmod(folder, 0o755);
      await vi.waitFor(() => expect(news).toContainEqual({ type: 'found', folder }), patience);
    } finally {
      process.seteuid?.(0);
    }
    await writeFile(path.join(folder, 'a.yaml'), describing('a', '2'));
    await becomes({ a: '2' });
  },
);
