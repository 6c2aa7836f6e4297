import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, slowImage, unhealthyImage, volumeImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('supervision with %s', (engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    const healthless = { ...unhealthyImage(), volumes: ['/data'] };
    await loadImages(on.host, engine, [
      ...[webImage('1'), sleepImage(), volumeImage(), slowImage(3), exitImage(3, 1), healthless],
    ]);
    await on.ok('install', 'web:1', 'web', '--publish', '8080:8080', '--engine', engine);
  });
  afterAll(() => on.clear());

  test('a crashed container is restarted by systemd, without a person', async () => {
    const pid = await on.payloadPid(engine, 'web');
    await on.host.sh(`kill -KILL ${pid}`);
    await on.restarted(engine, 'web', pid);
    await on.serves(8080, 'web 1');
    expect(Number(await on.property('ctr-web.service', 'NRestarts'))).toBeGreaterThan(0);
  });

  test('a crash loop is shown with its reason and last lines, and ends status with 1', async () => {
    await on.ok('install', 'exit:3', 'loop', '--engine', engine);
    const show = 'systemctl show --property=NRestarts,SubState ctr-loop.service';
    const waits = `${show} | tr '\\n' ' ' | grep -E 'NRestarts=[1-9].*SubState=auto-restart '`;
    await on.host.waitFor(['sh', '-c', waits]);
    const { code, stdout } = await on.gear(['status', 'loop']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/crash loop: restarted \d+ times, last exit status 3/);
    expect(stdout).toContain('exiting with 3');
    expect(stdout).toContain('gear logs loop');
    await on.ok('rm', 'loop');
  });

  test('an update that is never healthy fails with its last lines, and the old one serves on', async () => {
    // The time is for its start too, which takes seconds on a busy machine.
    const command = ['install', 'unhealthy:1', 'web', '--publish', '8080:8080', '--timeout', '12s'];
    const message = await on.fails(6, ...command);
    expect(message).toContain('web did not become ready');
    expect(message).toContain('cannot reach the database');
    expect(message).toContain('what ran before runs again');
    expect((await on.status('web')).image).toBe('web:1');
    await on.serves(8080, 'web 1');
  });

  test('a first install that is never healthy leaves nothing behind but the message', async () => {
    const before = await on.traces(engine);
    const message = await on.fails(
      6,
      ...['install', 'unhealthy:1', 'ill', '--engine', engine],
      '--timeout',
      '10s',
    );
    expect(message).toContain('cannot reach the database');
    expect(await on.traces(engine)).toBe(before);
    expect((await on.list()).map((row) => row.name)).not.toContain('ill');
  });

  test('dependants wait until a slow container is ready, also on boot; what is held stays down', async () => {
    await on.ok('install', 'slow:3', 'db', '--engine', engine);
    await on.ok('install', 'sleep:1', 'needs', '--requires', 'db', '--engine', engine);
    await on.ok('install', 'sleep:1', 'later', '--after', 'db', '--engine', engine);
    await on.ok('install', 'sleep:1', 'idle', '--no-start', '--engine', engine);
    await on.host.reboot();
    for (const name of ['needs', 'later']) await on.becomes(name, 'active');
    const started = await on.activeSince('ctr-db.service');
    const ready = await on.activeSince('ctr-db-ready.service');
    expect(ready - started).toBeGreaterThan(2_000);
    for (const name of ['needs', 'later']) {
      expect(await on.activeSince(`ctr-${name}.service`), name).toBeGreaterThan(ready);
    }
    expect(await on.activeState('idle')).toBe('inactive');
    await on.serves(8080, 'web 1');
  });
});

test('the docker client killed: the payload keeps its process, the unit is active again', async () => {
  const on = await gearHost('trixie');
  await loadImages(on.host, 'docker', [webImage('1')]);
  try {
    await on.ok('install', 'web:1', 'web', '--publish', '8080:8080', '--engine', 'docker');
    const pid = await on.payloadPid('docker', 'web');
    const client = await on.property('ctr-web.service', 'MainPID');
    await on.host.sh(`kill -KILL ${client}`);
    const other = `pid=$(systemctl show --property=MainPID --value ctr-web.service); test $pid != 0 -a $pid != ${client}`;
    await on.host.waitFor(['sh', '-c', other]);
    await on.becomes('web', 'active');
    expect(await on.payloadPid('docker', 'web')).toBe(pid);
    await on.serves(8080, 'web 1');
  } finally {
    await on.clear();
  }
});
