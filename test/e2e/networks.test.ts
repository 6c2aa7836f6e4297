import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const hosts = ['trixie', 'bookworm'] as const;
const cases = hosts.flatMap((name) => engines.map((engine) => [engine, name] as const));

describe.each(cases)('networks of %s on %s', (engine, name) => {
  let on: GearHost;
  const front = { app: 'shop', engine, name: 'shop_front', spec: { subnet: '10.201.7.0/26' } };
  const back = {
    app: 'shop',
    engine,
    name: 'shop_back',
    spec: {
      internal: true,
      ipv6: true,
      subnet: '10.201.7.64/26',
      subnet6: 'fd67:6561:7200:7::/64',
      labels: { tier: 'back' },
    },
  };

  async function call(...calls: readonly (readonly [string, ...unknown[]])[]): Promise<readonly unknown[]> {
    const { stdout } = await on.host.exec(['node', '/srv/engine-call.cjs', engine, JSON.stringify(calls)]);
    return JSON.parse(stdout) as readonly unknown[];
  }

  beforeAll(async () => {
    on = await gearHost(name);
    await loadImages(on.host, engine, [sleepImage()]);
    await build({
      entryPoints: [join(import.meta.dirname, 'support/engine-call.ts')],
      outfile: join(on.host.root, 'srv/engine-call.cjs'),
      ...{
        bundle: true,
        platform: 'node',
        format: 'cjs',
        external: ['cpu-features', '*.node'],
        logLevel: 'error',
      },
    });
  });
  afterAll(() =>
    on.host.sh(`
      ${engine} rm --force ctr-web.h1 stranger 2>/dev/null || true
      ${engine} network rm shop_front shop_back theirs 2>/dev/null || true
      rm -f /srv/engine-call.cjs`),
  );

  test('are made once as they are described, labelled, and are the app’s alone', async () => {
    const [made, madeBack, again, other, networks, subnets] = await call(
      ['ensureNetwork', front],
      ['ensureNetwork', back],
      ['ensureNetwork', front],
      ['ensureNetwork', { ...front, app: 'other' }],
      ['ownedNetworks'],
      ['subnets'],
    );
    expect([made, madeBack, again, other]).toEqual([true, true, false, 'NOT_OURS']);
    const labels = (network: string) => ({ 'gear.owner': 'shop', 'gear.name': network });
    expect(networks).toHaveLength(2);
    expect(networks).toEqual(
      expect.arrayContaining([
        {
          name: 'shop_front',
          driver: 'bridge',
          internal: false,
          subnets: ['10.201.7.0/26'],
          labels: labels('shop_front'),
        },
        {
          name: 'shop_back',
          driver: 'bridge',
          internal: true,
          subnets: ['10.201.7.64/26', 'fd67:6561:7200:7::/64'],
          labels: { ...labels('shop_back'), tier: 'back' },
        },
      ]),
    );
    expect(subnets).toEqual(
      expect.arrayContaining(['10.201.7.0/26', '10.201.7.64/26', 'fd67:6561:7200:7::/64']),
    );
  });

  test('a container is on all of its networks, under its aliases, before it has its name', async () => {
    const labels = ['--label', 'gear.owner=shop', '--label', 'gear.name=web'];
    const words = ['create', '--name', 'ctr-web.h1', ...labels, '--network', 'shop_front', 'sleep:1'];
    const connect = [{ name: 'shop_back', aliases: ['web', 'www'], ip: '10.201.7.77' }];
    const request = { name: 'ctr-web.h1', arguments: words, environment: {}, connect };
    const gone = { ...request, name: 'ctr-web.h2', connect: [{ name: 'nowhere', aliases: [] }] };
    gone.arguments = words.map((word) => (word === 'ctr-web.h1' ? 'ctr-web.h2' : word));
    expect(await call(['create', request], ['create', gone])).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      'ENGINE_FAILED',
    ]);
    expect(await on.host.sh(`${engine} ps --all --format '{{.Names}}' --filter label=gear.name=web`)).toBe(
      'ctr-web.h1',
    );
    await on.host.sh(`${engine} start ctr-web.h1`);
    const inspected = await on.host.sh(
      `${engine} inspect --format '{{json .NetworkSettings.Networks}}' ctr-web.h1`,
    );
    const networks = JSON.parse(inspected) as Record<string, { Aliases: string[]; IPAddress: string }>;
    expect(Object.keys(networks).toSorted()).toEqual(['shop_back', 'shop_front']);
    expect(networks['shop_back']?.Aliases).toEqual(expect.arrayContaining(['web', 'www']));
    expect(networks['shop_back']?.IPAddress).toBe('10.201.7.77');
  });

  test('stay while a container uses them, running or not, and go with nobody on them', async () => {
    expect(await call(['removeNetwork', 'shop_front', 'shop'])).toEqual([['ctr-web.h1']]);
    await on.host.sh(`${engine} stop ctr-web.h1`);
    expect(await call(['removeNetwork', 'shop_back', 'shop'])).toEqual([['ctr-web.h1']]);
    expect(
      await call(
        ['remove', 'ctr-web.h1', 'web'],
        ['removeNetwork', 'shop_front', 'other'],
        ['removeNetwork', 'shop_front', 'shop'],
        ['removeNetwork', 'shop_back', 'shop'],
        ['removeNetwork', 'shop_back', 'shop'],
        ['ownedNetworks'],
      ),
    ).toEqual([null, 'NOT_OURS', [], [], [], []]);
  });

  test('of somebody else are neither used for an app nor removed', async () => {
    await on.host.sh(`${engine} network create theirs`);
    expect(
      await call(['ensureNetwork', { ...front, name: 'theirs' }], ['removeNetwork', 'theirs', 'shop']),
    ).toEqual(['NOT_OURS', 'NOT_OURS']);
    expect(await on.host.sh(`${engine} network ls --format '{{.Name}}' | grep theirs`)).toBe('theirs');
  });

  test('a volume has the driver and options that it is described with', async () => {
    const options = { driver: 'local', options: { type: 'tmpfs', device: 'tmpfs', o: 'nodev' } };
    expect(await call(['ensureVolume', 'described_data', { 'gear.name': 'shop' }, options])).toEqual([true]);
    const { stdout } = await on.host.exec([engine, 'volume', 'inspect', 'described_data']);
    expect(JSON.parse(stdout)).toMatchObject([{ Driver: 'local', Options: { type: 'tmpfs', o: 'nodev' } }]);
    expect(await call(['removeVolume', 'described_data', 'shop'])).toEqual([null]);
  });
});
