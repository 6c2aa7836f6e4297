import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, volumeImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const longest = 'a'.repeat(63);

describe.each(engines)('a container from install to removal with %s', (engine) => {
  let on: GearHost;
  const inside = (name: string, ...argv: string[]) => on.inside(engine, name, ...argv);

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), sleepImage(), volumeImage()]);
  });
  afterAll(() => on.clear());

  test('install without start: inactive, loaded, readable by everyone along the path, not started on boot', async () => {
    await on.ok('install', 'web:1', 'web', '--publish', '8080:8080', '--no-start', '--engine', engine);
    expect(await on.activeState('web')).toBe('inactive');
    expect(await on.property('ctr-web.service', 'LoadState')).toBe('loaded');
    await on.host.sh(`setpriv --reuid=nobody --regid=nogroup --clear-groups sh -euc '
      test -r /etc/systemd/system/ctr-web.service
      test -r /etc/gear/current/manifest.json
      ! test -w /etc/systemd/system/ctr-web.service'`);
    const status = await on.status('web');
    expect(status).toMatchObject({ active: 'inactive', enabled: false });
    expect(status.held).not.toBeNull();
  });

  test('start serves, restart is another process, stop leaves nothing running; status says each', async () => {
    await on.ok('start', 'web');
    await on.serves(8080, 'web 1');
    expect(await on.status('web')).toMatchObject({ active: 'active', enabled: true, problems: [] });
    const pid = await on.payloadPid(engine, 'web');

    await on.ok('start', 'web');
    expect(await on.payloadPid(engine, 'web')).toBe(pid);

    await on.ok('restart', 'web');
    await on.serves(8080, 'web 1');
    expect(await on.payloadPid(engine, 'web')).not.toBe(pid);

    await on.ok('stop', 'web');
    expect(await on.activeState('web')).toBe('inactive');
    expect(await on.host.sh(`${engine} ps --quiet --filter label=gear.name=web`)).toBe('');
    expect((await on.gear(['status', 'web'])).stdout).toContain('held');
  });

  test('a second container with the same host port is refused, and the first serves on', async () => {
    await on.ok('start', 'web');
    const before = await on.traces(engine);
    const message = await on.fails(
      4,
      'install',
      'web:1',
      'other',
      '--publish',
      '8080:80',
      '--engine',
      engine,
    );
    expect(message).toContain('web already publishes it');
    expect(await on.traces(engine)).toBe(before);
    await on.serves(8080, 'web 1');
  });

  test('mounts: ro is not written to; rw, named and declared volumes are, and outlive a restart', async () => {
    await on.host.sh('mkdir -p /srv/ro /srv/rw && echo theirs >/srv/ro/file');
    const mounts = ['/srv/ro:/ro:ro', '/srv/rw:/rw:rw', 'story-named:/named'].flatMap((each) => ['-v', each]);
    await on.ok('install', 'data:1', 'files', ...mounts, '--engine', engine);
    expect(await inside('files', 'cat', '/ro/file')).toBe('theirs');
    await expect(inside('files', 'touch', '/ro/mine')).rejects.toThrow(/[Rr]ead-only/);
    for (const folder of ['/rw', '/named', '/data']) await inside('files', 'touch', `${folder}/kept`);
    await on.ok('restart', 'files');
    for (const folder of ['/rw', '/named', '/data']) await inside('files', 'test', '-e', `${folder}/kept`);
    await on.host.sh('test -e /srv/rw/kept');
  });

  test('an environment file and pairs arrive; a bad line is refused with its number', async () => {
    const file = '# a comment\\nQUOTED="in quotes"\\nTWICE=first\\n';
    await on.host.sh(`printf '${file}' >/srv/good.env; printf 'A=1\\nnot a pair\\n' >/srv/bad.env`);
    const install = ['install', 'sleep:1', 'env', '--engine', engine];
    await on.ok(...install, 'TWICE=second', 'GREETING=hello world', '--env-file', '/srv/good.env');
    const seen = (await inside('env', 'env')).split('\n');
    expect(seen).toEqual(
      expect.arrayContaining(['QUOTED="in quotes"', 'TWICE=second', 'GREETING=hello world']),
    );
    expect(await on.fails(4, ...install, '--env-file', '/srv/bad.env')).toContain('/srv/bad.env:2');
  });

  test('a name of 63 characters serves, one of 64 is refused', async () => {
    await on.ok('install', 'web:1', longest, '--publish', '8081:8080', '--engine', engine);
    await on.serves(8081, 'web 1');
    expect(await on.fails(4, 'install', 'web:1', `${longest}a`)).toContain('longer than 63');
  });
});
