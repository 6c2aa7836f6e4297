import { afterAll, beforeAll, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import type { DiskReport, TopRow } from '../../src/report/values-of-use.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

let on: GearHost;
const busy = ['--stop-timeout', '1s', '--', 'sh', '-c', 'while :; do :; done'];

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines) {
    await loadImages(on.host, engine, [sleepImage()]);
    await on.ok('install', 'sleep:1', `busy-${engine}`, '--engine', engine, ...busy);
    const idle = ['--engine', engine, '--volume', `${engine}-data:/data`, '--stop-timeout', '1s'];
    await on.ok('install', 'sleep:1', `idle-${engine}`, ...idle);
  }
});
afterAll(() => on.clear());

test('top tells what the kernel counts of each container, and its restarts', async () => {
  const rows = async (): Promise<Map<string, TopRow>> => {
    const { stdout } = await on.ok('top', '--json');
    return new Map((JSON.parse(stdout) as TopRow[]).map((row) => [row.name, row]));
  };
  const before = await rows();
  for (const engine of engines) {
    const used = before.get(`busy-${engine}`);
    expect(used?.cpuPercent, engine).toBeGreaterThan(3);
    expect(before.get(`idle-${engine}`)?.cpuPercent, engine).toBeLessThan(used?.cpuPercent ?? 0);
    const pid = await on.payloadPid(engine, `idle-${engine}`);
    await on.host.sh(`kill -9 ${pid}`);
    await on.restarted(engine, `idle-${engine}`, pid);
    expect((await rows()).get(`idle-${engine}`)).toMatchObject({ restarts: 1, active: 'active' });
  }
  expect((await on.ok('top', 'busy-docker')).stdout).toMatch(/^NAME .*\nbusy-docker +\d+\.\d %/);
});

test('df tells what each container holds', async () => {
  for (const engine of engines) {
    const path = await on.host.sh(`${engine} volume inspect --format '{{.Mountpoint}}' ${engine}-data`);
    await on.host.sh(`head -c 5000000 /dev/zero >${path}/data`);
    await on.inside(engine, `idle-${engine}`, 'sh', '-c', 'head -c 3000000 /dev/zero >/written');
  }
  const report = JSON.parse((await on.ok('df', '--json')).stdout) as DiskReport;
  for (const engine of engines) {
    const used = report.containers.find(({ name }) => name === `idle-${engine}`);
    expect(used?.imageSharedWith).toEqual([`busy-${engine}`]);
    expect(used?.layerBytes).toBeGreaterThan(2_900_000);
    expect(used?.volumes[0]?.bytes).toBeGreaterThan(4_900_000);
  }
  expect(report.generations.count).toBeGreaterThan(0);
  expect((await on.ok('df')).stdout).toMatch(/idle-docker .* docker-data \d/);
});
