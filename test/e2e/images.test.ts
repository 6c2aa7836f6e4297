import { afterAll, beforeAll, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** So many are kept: the third of this test goes with the thirteenth. */
const keptGenerations = 10;
let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines)
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage()]);
});
afterAll(() => on.clear());

test.each(engines)(
  'an image of %s is kept as long as a generation that runs it; with that it goes, and nothing else',
  async (engine) => {
    // Podman leaves out the prefix.
    const bare = (id: string): string => id.replace('sha256:', '');
    const ids = async (): Promise<readonly string[]> =>
      (await on.host.sh(`${engine} image ls --all --no-trunc --quiet | sort -u`)).split('\n').map(bare);
    const first = bare(await on.host.sh(`${engine} image inspect --format '{{.Id}}' web:1`));
    await on.host.sh(`${engine} tag web:2 stranger:2`);
    await on.ok('install', 'web:1', 'kept', '--engine', engine);
    await on.ok('set', 'kept', '--image', 'web:2');
    const second = String(await on.generation());
    await on.host.sh(`${engine} rmi web:1; ${engine} image prune --force`);
    expect(await ids()).toContain(first);
    await on.ok('rollback', 'kept');
    expect(bare((await on.status('kept')).imageId)).toBe(first);
    await on.ok('rollback', 'kept', '--to', second);

    const others = (await ids()).filter((id) => id !== first);
    for (let change = 1; change < keptGenerations - 1; change += 1)
      await on.ok('set', 'kept', `CHANGE=${String(change)}`);
    expect(await ids()).toContain(first);
    await on.ok('set', 'kept', 'CHANGE=last');
    expect(await ids()).toEqual(others);
    await on.host.sh(`${engine} image inspect web:2 sleep:1 stranger:2`);
    await on.host.sh(`${engine} rmi stranger:2`);
    await on.ok('rm', 'kept');
  },
);
