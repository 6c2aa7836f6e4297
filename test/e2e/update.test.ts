import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('updates and ways back with %s', (engine) => {
  let on: GearHost;
  const web = ['install', 'web:1', 'web', '--publish', '8080:8080', '--engine', engine];
  const unitFiles = () =>
    on.host.sh("find /etc/systemd/system -maxdepth 1 -name 'ctr-*' -printf '%f\\n' | sort");
  const pids = async (...names: string[]) => Promise.all(names.map((name) => on.payloadPid(engine, name)));
  /** What systemd has loaded: the hash of the text is in the unit. */
  const loadedText = async () =>
    /GEAR_TEXT=(\S+)/.exec(await on.property('ctr-web.service', 'Environment'))?.[1];

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage()]);
    await on.ok(...web);
    await on.ok('install', 'sleep:1', 'other', '--engine', engine);
  });
  afterAll(() => on.clear());

  test('a new gear with another template rewrites and reloads, and restarts nothing', async () => {
    const before = { pids: await pids('web', 'other'), text: await loadedText() };
    await on.host.sh(`
      cp -r /opt/gear /opt/gear-next
      sed -i 's/Written by gear, which replaces it/Written by the next gear, which replaces it/' /opt/gear-next/dist/gear.cjs`);
    await on.host.exec(['/opt/gear-next/bin/run.cjs', ...web]);
    expect(await on.host.sh('head -n 1 /etc/systemd/system/ctr-other.service')).toContain('the next gear');
    expect(await loadedText()).not.toBe(before.text);
    expect(await on.property('ctr-web.service', 'NeedDaemonReload')).toBe('no');
    expect(await pids('web', 'other')).toEqual(before.pids);

    await on.ok(...web);
    expect(await loadedText()).toBe(before.text);
    expect(await pids('web', 'other')).toEqual(before.pids);
    await on.host.sh('rm -r /opt/gear-next');
  });

  test('another image under the same tag is an update in place', async () => {
    await loadImages(on.host, engine, [{ ...webImage('3'), tag: 'web:1' }]);
    const { stdout } = await on.ok(...web, '--pull', 'never');
    expect(stdout).toContain('updated');
    await on.serves(8080, 'web 3');
    await on.ok('rollback', 'web');
    await on.serves(8080, 'web 1');
  });

  test('rollback to fewer units, then to more, while another app changed meanwhile', async () => {
    await on.ok('set', 'web', '--image', 'web:2', '--health-cmd', 'true');
    const undone = String(await on.generation());
    await on.ok('set', 'other', '--env', 'MEANWHILE=1');
    expect(await unitFiles()).toBe('ctr-other.service\nctr-web-ready.service\nctr-web.service');
    const [other] = await pids('other');

    await on.ok('rollback', 'web');
    await on.serves(8080, 'web 1');
    expect(await unitFiles()).toBe('ctr-other.service\nctr-web.service');
    expect(await on.property('ctr-web-ready.service', 'LoadState')).toBe('not-found');

    await on.ok('rollback', 'web', '--to', undone);
    await on.serves(8080, 'web 2');
    expect(await on.property('ctr-web-ready.service', 'ActiveState')).toBe('active');
    expect(await pids('other')).toEqual([other]);
    expect(await on.variable(engine, 'other', 'MEANWHILE')).toBe('1');
  });

  test('rollback to another text of the same unit', async () => {
    const shown = () => on.property('ctr-web.service', 'TimeoutStopUSec');
    const before = await shown();
    await on.ok('set', 'web', '--stop-timeout', '3s');
    expect(await shown()).not.toBe(before);
    await on.ok('rollback', 'web');
    expect(await shown()).toBe(before);
    await on.serves(8080, 'web 2');
  });

  test('rollback of what was removed brings it back; to before it was there, takes it away', async () => {
    const running = await pids('web');
    await on.ok('rm', 'other');
    await on.ok('rollback', 'other');
    expect(await on.variable(engine, 'other', 'MEANWHILE')).toBe('1');
    const history = JSON.parse((await on.ok('history', '--json')).stdout) as {
      generation: number;
      changes: string[];
    }[];
    const without = history.find(({ changes }) => changes.includes('-other'));
    await on.ok('rollback', 'other', '--to', String(without?.generation));
    expect((await on.list()).map((row) => row.name)).toEqual(['web']);
    expect(await pids('web')).toEqual(running);
  });
});
