import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { unitName } from '../../../src/core/model/unit-names.ts';
import { percent, TopSampler } from '../../../src/flows/top-sampler.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import type { TopRow } from '../../../src/report/values-of-use.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

let host: MemoryHost;
let nowMs: number;
/** What the kernel has counted, by instance. */
let cpuUs: Map<string, number>;
let finds: number;

beforeEach(async () => {
  host = new MemoryHost();
  nowMs = 0;
  finds = 0;
  cpuUs = new Map();
  host.docker.images.add('web:1');
  host.podman.images.add('web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  await run(host, installing(['web:1', 'pod'], { engine: 'podman' }));
  host.onRun = (command) => {
    if (command[0] === 'find') finds += 1;
    return { status: 0, stderr: '', stdout: command[0] === 'find' ? foundText() : countersText(command) };
  };
});

const scope = (id: string): string => `/sys/fs/cgroup/gear.slice/docker-${id}.scope`;

function foundText(): string {
  return host.docker.containers
    .all()
    .map(({ id }) => scope(id))
    .join('\n');
}

function countersText(command: readonly string[]): string {
  const lines = command
    .filter((word) => word.endsWith('/cpu.stat'))
    .map((file) => {
      const name = file.includes('docker-') ? 'web' : 'pod';
      return `${file}:usage_usec ${String(cpuUs.get(name) ?? 0)}`;
    });
  return lines.join('\n');
}

async function sampler(): Promise<{ look: () => Promise<Record<string, TopRow>> }> {
  const instances = (await readCurrentManifest(host.files))?.instances ?? [];
  const timers = { nowMs: () => nowMs };
  const made = new TopSampler(contextOn(host), timers, instances);
  return { look: async () => Object.fromEntries((await made.look()).map((row) => [row.name, row])) };
}

test('what is not counted yet, or began anew, has no share; what was counted has that of its time', () => {
  const at = (atMs: number, cpu: number | null) => ({
    atMs,
    counters: { cpuUs: cpu, memoryBytes: null, limitBytes: null },
  });
  expect(percent(undefined, at(0, 1))).toBeNull();
  expect(percent(at(0, 0), at(1000, 500_000))).toBe(50);
  expect(percent(at(0, 0), at(1000, 2_000_000))).toBe(200);
  expect(percent(at(0, 500), at(1000, 10))).toBeNull();
  expect(percent(at(0, null), at(1000, 10))).toBeNull();
  expect(percent(at(5, 0), at(5, 10))).toBeNull();
});

test('a stopped container is in the list, without numbers', async () => {
  await (await host.systemd()).stop(unitName('pod'));
  const { look } = await sampler();
  expect((await look())['pod']).toMatchObject({ active: 'inactive', cpuPercent: null, memoryBytes: null });
});

test('the share of each is told from the second look on, and the engine is asked where containers are only once', async () => {
  const { look } = await sampler();
  expect((await look())['web']).toMatchObject({ active: 'active', cpuPercent: null });
  for (const [second, used] of [250_000, 500_000, 750_000].entries()) {
    nowMs = (second + 1) * 1000;
    cpuUs.set('web', used);
    expect((await look())['web']).toMatchObject({ cpuPercent: 25 });
  }
  expect(finds).toBe(1);
});

test('of Podman the payload is counted, and not what watches over it; after a restart the new one', async () => {
  let payload = 'a'.repeat(64);
  const unit = `/sys/fs/cgroup${(await (await host.systemd()).units([unitName('pod')]))[0]?.controlGroup}`;
  const path = (): string => `${unit}/libpod-payload-${payload}`;
  host.onRun = (command) => {
    if (command[0] === 'find') return { status: 0, stderr: '', stdout: `${path()}\n` };
    const limit = command.includes(`${path()}/memory.max`) ? `${path()}/memory.max:67108864\n` : '';
    return { status: 0, stderr: '', stdout: limit };
  };
  const { look } = await sampler();
  expect((await look())['pod']).toMatchObject({ memoryLimitBytes: 67_108_864 });
  payload = 'b'.repeat(64);
  expect((await look())['pod']).toMatchObject({ memoryLimitBytes: 67_108_864 });
});

test('a restart begins to count anew, and its number is read at once', async () => {
  const { look } = await sampler();
  cpuUs.set('web', 900_000);
  await look();
  nowMs = 1000;
  cpuUs.set('web', 1000);
  expect((await look())['web']).toMatchObject({ cpuPercent: null });
});

test('a container whose check fails after it was ready is told so, within some seconds', async () => {
  const flags = { 'health-cmd': ['true'] };
  await run(host, installing(['web:1', 'checked'], { engine: 'docker', flags }));
  const { look } = await sampler();
  expect((await look())['checked']).toMatchObject({ ready: true });
  const found = host.docker.containers.all().find(({ labels }) => labels['gear.name'] === 'checked');
  host.docker.containers.check(found?.name ?? '', false);
  nowMs = 5000;
  expect((await look())['checked']).toMatchObject({ active: 'active', ready: false });
});

test('what an engine does not answer is told as systemd knows it', async () => {
  const flags = { 'health-cmd': ['true'] };
  await run(host, installing(['web:1', 'checked'], { engine: 'podman', flags }));
  host.podman.up = false;
  expect((await (await sampler()).look())['checked']).toMatchObject({ ready: true });
});
