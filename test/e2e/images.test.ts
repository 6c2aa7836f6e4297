import { afterAll, beforeAll, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** So many are kept: the third of this test goes with the thirteenth. */
const keptGenerations = 10;
let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  await loadImages(on.host, 'docker', [webImage('1'), webImage('2'), sleepImage()]);
});
afterAll(() => on.clear());

test('an image is kept as long as a generation that runs it; with that it goes, and nothing else', async () => {
  const ids = () => on.host.sh('docker image ls --all --no-trunc --quiet | sort -u');
  const first = await on.host.sh("docker image inspect --format '{{.Id}}' web:1");
  await on.ok('install', 'web:1', 'kept', '--engine', 'docker');
  await on.ok('set', 'kept', '--image', 'web:2');
  await on.host.sh('docker rmi web:1; docker image prune --force');
  expect(await ids()).toContain(first);
  await on.ok('rollback', 'kept');
  expect((await on.status('kept')).imageId).toBe(first);
  await on.ok('rollback', 'kept');

  const others = (await ids()).split('\n').filter((id) => id !== first);
  for (let change = 1; change < keptGenerations - 1; change += 1)
    await on.ok('set', 'kept', `CHANGE=${String(change)}`);
  expect((await ids()).split('\n')).toContain(first);
  await on.ok('set', 'kept', 'CHANGE=last');
  expect((await ids()).split('\n')).toEqual(others);
  await on.host.sh('docker image inspect web:2 sleep:1');
});
