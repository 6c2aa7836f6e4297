import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { systemTimers } from '../../src/adapters/timers.ts';
import { createWatcher } from '../../src/adapters/watch/watcher.ts';
import { DescriptorFolders } from '../../src/cli/watch/descriptor-folders.ts';
import { defaultRules } from '../../src/controller/machine/rules.ts';
import { type Running, runController } from '../../src/controller/run.ts';

const apps = 100;
const rounds = 100;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Heap in use after everything that nobody holds was collected, and open file descriptors. */
async function footprint(): Promise<{ readonly heapBytes: number; readonly descriptors: number }> {
  collect();
  collect();
  return {
    heapBytes: process.memoryUsage().heapUsed,
    descriptors: (await readdir('/proc/self/fd')).length,
  };
}

test('ten thousand changes, a new folder now and then, and mistakes leave neither memory nor files behind', async () => {
  const temp = await mkdtemp(path.join(tmpdir(), 'gear-soak-'));
  const folder = path.join(temp, 'apps');
  const applied = new Map<string, string>();
  const stop = new AbortController();
  const heard: { by?: Running } = {};
  const watcher = createWatcher({
    heard: () => heard.by?.send({ type: 'woken' }),
    troubled: (why) => expect.unreachable(why),
  });
  const write = async (round: number): Promise<void> => {
    for (let at = 0; at < apps; at++) {
      const text = `name: k${String(at)}\ncontainers: {s: {image: "web:1", env: {V: "${String(round)}"}}}\n`;
      await writeFile(path.join(folder, `k${String(at)}.yaml`), text);
    }
  };
  await mkdir(folder);
  await write(0);
  const running = runController({
    timers: systemTimers,
    rules: { ...defaultRules, lookMs: 5, debounceMs: 5, quietMs: 0, rescanMs: 3_600_000 },
    descriptors: new DescriptorFolders([folder], watcher),
    claims: [],
    keepClaims: () => Promise.resolve(),
    apply: (all) => {
      for (const { app, containers } of all) applied.set(app, containers[0]?.environment['V'] ?? '');
      return Promise.resolve(new Map(all.map(({ app }) => [app, { ok: true }])));
    },
    fetch: () => expect.unreachable('every image is there'),
    remove: () => expect.unreachable('nothing goes'),
    mend: () => expect.unreachable('nothing drifts'),
    inspect: () => Promise.resolve({ drifts: [] }),
    hold: () => expect.unreachable('nothing was stopped'),
    restart: () => expect.unreachable('nothing is sick'),
    tell: () => undefined,
    signal: stop.signal,
    once: false,
  });
  heard.by = running;
  const becomes = (round: number): Promise<void> =>
    expect
      // Sooner than the look that nobody asked for.
      .poll(() => applied.size === apps && [...applied.values()].every((value) => value === String(round)), {
        timeout: 30_000,
        interval: 5,
      })
      .toBe(true);
  await becomes(0);
  let early: Awaited<ReturnType<typeof footprint>> | undefined;
  for (let round = 1; round <= rounds; round++) {
    if (round % 10 === 5) {
      await rm(folder, { recursive: true });
      await mkdir(folder);
    }
    if (round % 10 === 7) await writeFile(path.join(folder, 'k0.yaml'), 'name: [');
    await write(round);
    await becomes(round);
    // By then everything is compiled and every cache is full.
    if (round === 20) early = await footprint();
  }
  const late = await footprint();
  stop.abort();
  await running.ended;
  await watcher.close();
  await rm(temp, { recursive: true });
  expect(late.descriptors).toBeLessThanOrEqual((early?.descriptors ?? 0) + 2);
  expect(late.heapBytes).toBeLessThan(1.1 * (early?.heapBytes ?? 0));
});
