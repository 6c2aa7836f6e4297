import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, slowImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { slowGates } from '../lab/slow-gates.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('what is typed arrives with %s', (engine) => {
  let on: GearHost;
  const install = (...rest: string[]) => ['install', ...rest, '--engine', engine];

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), sleepImage(), exitImage(3), slowImage(2)]);
  });
  afterAll(() => on.clear());

  async function inspected(name: string, path: string): Promise<unknown> {
    const id = await on.host.sh(`${engine} ps --quiet --filter label=gear.name=${name}`);
    return JSON.parse(await on.host.sh(`${engine} inspect --format '{{json ${path}}}' ${id}`)) as unknown;
  }

  test('several names are several apps, each with its unit, and one command removes them', async () => {
    const { stdout } = await on.ok(
      ...install('sleep:1', 'one', 'two', 'SHARED=yes', '--volume', 'both:/both'),
    );
    expect(stdout).toBe('one installed\ntwo installed\n');
    for (const name of ['one', 'two']) {
      expect(await on.activeState(name)).toBe('active');
      expect(await on.variable(engine, name, 'SHARED')).toBe('yes');
    }
    expect((await on.ok('list-units')).stdout).toBe((await on.ok('ls')).stdout);
    await on.ok('delete', 'one', 'two');
    expect(await on.list()).toEqual([]);
  });

  const owner =
    engine === 'podman' ? 'belongs to the user of the container' : 'is refused, and nothing is left';
  test(`a volume with :U ${owner}`, async () => {
    const line = install('sleep:1', 'owned', '--user', '65534:65534', '--volume', 'owned:/data:U');
    if (engine === 'docker') {
      expect(await on.fails(4, ...line)).toContain('Docker does not know the option "U"');
      expect(await on.list()).toEqual([]);
      return;
    }
    await on.ok(...line);
    expect(await on.inside(engine, 'owned', 'stat', '-c', '%u:%g', '/data')).toBe('65534:65534');
    await on.ok('rm', 'owned', '--volumes');
  });

  test('user, check and times reach the engine and systemd', async () => {
    const check = ['--health-cmd', 'test -e /etc', '--health-interval', '7s', '--health-timeout', '3s'];
    await on.ok(
      ...install('sleep:1', 'limited', '--user', '65534:65534'),
      ...[...check, '--health-retries', '4', '--health-start-period', '2s'],
      ...['--stop-timeout', '17s', '--restart', 'on-failure'],
    );
    expect(await on.inside(engine, 'limited', 'id')).toContain('uid=65534');
    expect(await inspected('limited', '.Config.Healthcheck')).toMatchObject({
      ...{ Interval: 7e9, Timeout: 3e9, Retries: 4, StartPeriod: 2e9 },
    });
    expect(await on.property('ctr-limited.service', 'Restart')).toBe('on-failure');
    expect(await inspected('limited', '.Config.StopTimeout')).toBe(17);
    expect(await on.property('ctr-limited-ready.service', 'ActiveState')).toBe('active');
  });

  test('what an install leaves out goes, and is listed; set keeps it', async () => {
    const command = install('web:1', 'whole', 'KEPT=1', '--publish', '8095:8080', '--user', '0');
    await on.ok(...command);
    await on.ok('set', 'whole', '--publish', '8096:8080');
    expect(await on.variable(engine, 'whole', 'KEPT')).toBe('1');
    const { stdout } = await on.ok('install', 'web:1', 'whole', '--publish', '8096:8080');
    expect(stdout).toContain('env KEPT goes');
    expect(stdout).toContain('user: no longer set');
    expect(await on.variable(engine, 'whole', 'KEPT')).toBe('');
    await on.serves(8096, 'web 1');
    await on.ok('rm', 'whole');
  });

  test('--no-wait returns before it is ready; the container gets there by itself', async () => {
    await on.ok(...install('slow:2', 'later', '--no-wait'));
    expect(await on.property('ctr-later-ready.service', 'ActiveState')).not.toBe('active');
    const ready = 'systemctl is-active --quiet ctr-later-ready.service';
    await on.host.waitFor(['sh', '-c', ready]);
    expect((await on.status('later')).problems).toEqual([]);
    await on.ok('rm', 'later');
  });

  test('an update whose process ends at once fails with status and last lines, and the old one serves', async () => {
    await on.ok(...install('web:1', 'web', '--publish', '8097:8080'));
    const slow = await slowGates(on.host);
    const said = await on.fails(6, 'set', 'web', '--image', 'exit:3');
    await slow.restore();
    expect(said).toContain('exit status 3');
    expect(said).toContain('exiting with 3');
    expect(said).toContain('what ran before runs again');
    await on.serves(8097, 'web 1');
    expect(await on.status('web')).toMatchObject({ image: 'web:1', problems: [] });
    expect(await on.host.sh(`${engine} ps -aq --filter label=gear.name=web | wc -l`)).toBe('1');
  });

  test('who stopped it, and when, is told until it is started', async () => {
    const before = Date.now();
    await on.ok('stop', 'web');
    const { held } = await on.status('web');
    expect(held?.by).toBe('root');
    expect(Math.abs((held?.atMs ?? 0) - before)).toBeLessThan(60_000);
    await on.ok('set', 'web', 'HELD=over');
    expect(await on.activeState('web')).toBe('inactive');
    await on.ok('start', 'web');
    expect((await on.status('web')).held).toBeNull();
    expect(await on.variable(engine, 'web', 'HELD')).toBe('over');
  });
});
