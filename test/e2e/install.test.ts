import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { type Engine, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const hosts = [
  ['trixie', 'docker'],
  ['trixie', 'podman'],
  ['bookworm', 'docker'],
  ['bookworm', 'podman'],
] as const satisfies readonly (readonly [string, Engine])[];

describe.each(hosts)('the install story on %s with %s', (hostName, engine) => {
  let on: GearHost;
  const image = (version: string) => `web:${version}`;

  beforeAll(async () => {
    on = await gearHost(hostName);
    await loadImages(on.host, engine, [webImage('1'), webImage('2')]);
  });
  afterAll(() => on.clear());

  test('install puts a container under systemd, enabled and serving', async () => {
    await on.ok('install', image('1'), 'web', '--publish', '8080:8080', '--engine', engine);
    expect(await on.activeState('web')).toBe('active');
    expect(await on.property('ctr-web.service', 'UnitFileState')).toBe('enabled');
    await on.serves(8080, 'web 1');
  });

  test('the same install again writes nothing and reloads nothing', async () => {
    const before = await on.host.sh('find /etc/gear /etc/systemd/system -printf "%p %T@\\n" | sort');
    const { stdout } = await on.ok('install', image('1'), 'web', '--publish', '8080:8080');
    expect(stdout).toContain('unchanged');
    expect(await on.host.sh('find /etc/gear /etc/systemd/system -printf "%p %T@\\n" | sort')).toBe(before);
  });

  test('another image is an update in place, and says what changed', async () => {
    const { stdout } = await on.ok('install', image('2'), 'web', '--publish', '8080:8080');
    expect(stdout).toContain(`image: ${image('1')} → ${image('2')}`);
    await on.serves(8080, 'web 2');
  });

  test('rollback brings the earlier form back as a new generation', async () => {
    const before = await on.generation();
    await on.ok('rollback', 'web');
    await on.serves(8080, 'web 1');
    expect(await on.generation()).toBe(before + 1);
  });

  test('stop is held over a reboot, start ends the hold', async () => {
    await on.ok('stop', 'web');
    await on.host.reboot();
    expect(await on.activeState('web')).toBe('inactive');
    expect((await on.status('web')).held).not.toBeNull();
    await on.ok('start', 'web');
    await on.serves(8080, 'web 1');
  });

  test('after a power loss an enabled container is back by itself', async () => {
    await on.host.reboot();
    await on.serves(8080, 'web 1');
  });

  test('rm leaves no unit, link or container', async () => {
    await on.ok('rm', 'web');
    expect(await on.host.sh('find /etc/systemd/system -name "ctr-*"')).toBe('');
    expect(await on.host.sh(`${engine} ps -aq --filter label=gear.name=web`)).toBe('');
    expect(await on.property('ctr-web.service', 'LoadState')).toBe('not-found');
  });
});
