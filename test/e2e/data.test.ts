import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { image, volumeImage } from '../lab/images.ts';
import { type Engine, engines, loadImages } from '../lab/load-images.ts';
import { startRegistry } from '../lab/registry.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  const images = [volumeImage(), image({ tag: 'data:2', volumes: ['/data'], labels: { version: '2' } })];
  for (const engine of engines) await loadImages(on.host, engine, images);
});
afterAll(async () => {
  await on.clear();
  await on.host.sh('systemctl stop registry-5000');
});

/** /data is declared by the image and mounted by nobody, /named is a volume by name. */
const nameOf = (engine: Engine) => `data-${engine}`;
const install = (engine: Engine, image: string) => [
  ...['install', image, nameOf(engine), '--engine', engine],
  ...['--volume', `named-${engine}:/named`, '--volume', `theirs-${engine}:/theirs`],
];

async function write(engine: Engine): Promise<void> {
  const script = 'for each in data named theirs; do echo precious >/$each/file; done';
  await on.inside(engine, nameOf(engine), 'sh', '-c', script);
}

async function expectData(engine: Engine): Promise<void> {
  const found = await on.inside(engine, nameOf(engine), 'cat', '/data/file', '/named/file', '/theirs/file');
  expect(found).toBe('precious\nprecious\nprecious');
}

describe.each(engines)('files in volumes with %s', (engine) => {
  const name = nameOf(engine);

  test('survive a crash and a restart', async () => {
    await on.host.sh(`${engine} volume create theirs-${engine}`);
    await on.ok(...install(engine, 'data:1'));
    await write(engine);
    const pid = await on.payloadPid(engine, name);
    await on.host.sh(`kill -KILL ${pid}`);
    await on.restarted(engine, name, pid);
    await expectData(engine);
    await on.ok('restart', name);
    await expectData(engine);
  });

  test('survive an update and a rollback', async () => {
    await on.ok('set', name, '--image', 'data:2');
    await expectData(engine);
    await on.ok('rollback', name);
    expect((await on.status(name)).image).toBe('data:1');
    await expectData(engine);
  });

  test('survive rm, and the next install of the name has them', async () => {
    await on.ok('rm', name);
    await on.ok(...install(engine, 'data:1'));
    await expectData(engine);
  });
});

test('files in volumes survive a power loss', async () => {
  await on.host.reboot();
  for (const engine of engines) {
    await on.becomes(nameOf(engine), 'active');
    await expectData(engine);
  }
});

describe('everything unused was pruned while a container was stopped', () => {
  let reference: string;

  beforeAll(async () => {
    const registry = await startRegistry(on.host, { secure: false });
    reference = await registry.push(
      image({ tag: 'pruned:1', volumes: ['/data'], labels: { pruned: 'yes' } }),
    );
  });

  test.each([
    ['docker', 'docker system prune -af --volumes'],
    ['podman', 'podman system prune -af'],
  ] as const)(
    '%s: start pulls its image again, makes its container again, and the data is there',
    async (engine, prune) => {
      const name = `pruned-${engine}`;
      await on.ok('install', reference, name, '--engine', engine);
      await on.inside(engine, name, 'sh', '-c', 'echo precious >/data/file');
      await on.ok('stop', name);
      await on.host.sh(prune);
      expect(await on.host.sh(`${engine} images --quiet ${reference}`)).toBe('');
      await on.ok('start', name);
      expect(await on.activeState(name)).toBe('active');
      expect(await on.inside(engine, name, 'cat', '/data/file')).toBe('precious');
      // Without gear: at once after its start, whose gates took some of its word.
      await on.host.sh(`systemctl stop ctr-${name} && ${prune} && systemctl start ctr-${name}`);
      expect(await on.inside(engine, name, 'cat', '/data/file')).toBe('precious');
    },
  );
});

test.each(engines)(
  "rm --volumes deletes the container's volumes and nobody else's, with %s",
  async (engine) => {
    const name = nameOf(engine);
    const volumes = () => on.host.sh(`${engine} volume ls --quiet | sort`);
    await on.ok('rm', name, '--volumes');
    const left = (await volumes()).split('\n');
    expect(left).not.toContain(`ctr-${name}.data`);
    expect(left).not.toContain(`named-${engine}`);
    expect(left).toContain(`theirs-${engine}`);
    expect(left).toContain(`ctr-pruned-${engine}.data`);
  },
);
