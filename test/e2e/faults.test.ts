import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slowImage, stubbornImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const gear = '/opt/gear/bin/run.cjs';
let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines) {
    await loadImages(on.host, engine, [
      webImage('1'),
      webImage('2'),
      slowImage(1),
      slowImage(3600),
      stubbornImage(),
    ]);
  }
  await on.ok('install', 'web:1', 'web', '--publish', '8086:8080', '--engine', 'docker');
});
afterAll(() => on.clear());

function traces(): Promise<string> {
  return on.host.sh(`find /etc/gear /etc/systemd/system -printf '%p %l %T@\\n' | sort`);
}

/** Expects an exit status of a command that may change nothing; returns what it said. */
async function refused(status: number, ...args: readonly string[]): Promise<string> {
  const before = await traces();
  const said = await on.fails(status, ...args);
  expect(await traces()).toBe(before);
  expect(said).toContain('→ ');
  return said;
}

test('a change of which nobody reads goes on to its end, and so does one whose words find no room', async () => {
  await on.host.sh(`${gear} install web:1 unread --engine docker 2>&1 | true`);
  expect(
    await on.host.exec(['sh', '-c', `${gear} set unread A=1 >/dev/full`], { check: false }),
  ).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('stdout cannot be written: ENOSPC') as string,
  });
  expect(await on.variable('docker', 'unread', 'A')).toBe('1');
  await on.ok('rm', 'unread');
});

describe('without what gear needs it says so with status 5, and changes nothing:', () => {
  test('the engine is down', async () => {
    await on.host.sh('systemctl stop docker.socket docker');
    const said = await refused(5, 'install', 'web:2', 'web', '--publish', '8086:8080');
    expect(said).toContain('systemctl start docker');
    expect((await on.status('web')).problems.map(({ message }) => message).join()).toContain('docker');
    await on.host.sh('systemctl start docker.socket docker');
    await on.serves(8086, 'web 1');
  });

  test('the user is not root; what only looks works', async () => {
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', gear];
    const before = await traces();
    const options = { check: false, env: { HOME: '/' } };
    const refusal = await on.host.exec([...asNobody, 'install', 'web:2', 'web'], options);
    expect(refusal).toMatchObject({ code: 5 });
    expect(refusal.stderr).toContain('sudo');
    expect(await traces()).toBe(before);
    for (const verb of ['ls', 'status', 'history']) {
      const { stdout } = await on.host.exec([...asNobody, verb], { env: { HOME: '/' } });
      expect(stdout, verb).toContain('web');
    }
  });

  test('systemd is not PID 1', async () => {
    const argv = [
      'unshare',
      '--mount',
      'sh',
      '-c',
      'mount -t tmpfs none /run/systemd; exec "$@"',
      'sh',
      gear,
    ];
    const before = await traces();
    const { code, stderr } = await on.host.exec([...argv, 'install', 'web:2', 'web'], { check: false });
    expect({ code, stderr }).toMatchObject({ code: 5 });
    expect(stderr).toContain('systemd is not PID 1');
    expect(await traces()).toBe(before);
  });

  test('there is no bus', async () => {
    await on.host.sh('mv /run/dbus/system_bus_socket /run/dbus/away');
    try {
      const said = await refused(5, 'install', 'web:2', 'web', '--publish', '8086:8080');
      expect(said).toContain('dbus');
    } finally {
      await on.host.sh('mv /run/dbus/away /run/dbus/system_bus_socket');
    }
  });
});

describe('two at once', () => {
  test('of different names and of the same name end well', async () => {
    const line = (version: string, name: string) => ['install', `web:${version}`, name, '--engine', 'docker'];
    const both = await Promise.all([on.gear(line('1', 'one')), on.gear(line('1', 'two'))]);
    expect(
      both.map(({ code }) => code),
      both.map(({ stderr }) => stderr).join('\n'),
    ).toEqual([0, 0]);
    const same = await Promise.all([on.gear(line('2', 'one')), on.gear(line('2', 'one'))]);
    expect(
      same.map(({ code }) => code),
      same.map(({ stderr }) => stderr).join('\n'),
    ).toEqual([0, 0]);
    expect((await on.list()).map(({ name }) => name)).toEqual(['one', 'two', 'web']);
    expect(await on.host.sh('docker ps -q --filter label=gear.name=one | wc -l')).toBe('1');
    await on.ok('rm', 'one', 'two');
  });

  test('the one that waits names the one that works', async () => {
    // A stop works under the lock for as long as its container takes.
    const script = 'trap "while ! test -e /go; do sleep 0.1; done; exit 0" TERM; while :; do sleep 0.1; done';
    await on.ok(
      ...['install', 'stubborn:1', 'late', '--stop-timeout', '100s', '--engine', 'docker'],
      ...['--', 'sh', '-c', script],
    );
    const first = await on.host.spawn([gear, 'stop', 'late']);
    const stopping = 'systemctl show -p ActiveState --value ctr-late.service | grep -q deactivating';
    await on.host.waitFor(['sh', '-c', stopping]);
    const second = await on.host.spawn(['sh', '-c', `${gear} restart web 2> /run/second`]);
    await on.host.waitFor(['grep', 'waiting for "gear stop late" by root', '/run/second']);
    await on.host.sh('docker exec $(docker ps -q --filter label=gear.name=late) touch /go');
    expect(await first.exited).toBe(0);
    expect(await second.exited).toBe(0);
    await on.ok('rm', 'late');
  });
});

describe('an interruption', () => {
  const update = ['install', 'slow:3600', 'slow', '--engine', 'docker'];

  test.each([
    ['SIGINT', 1],
    ['SIGKILL', 137],
  ] as const)(
    'by %s while waiting for health leaves the new one running, and the next command finishes',
    async (signal, status) => {
      await on.ok('install', 'slow:1', 'slow', '--engine', 'docker');
      const waiting = await on.host.spawn([gear, ...update]);
      const newOne =
        'docker ps --filter label=gear.name=slow --format "{{.Image}}" | wc -l | grep -qx 1 && systemctl is-active -q ctr-slow.service && systemctl show -p ActiveState --value ctr-slow-ready.service | grep -q activating';
      await on.host.waitFor(['sh', '-c', newOne]);
      await waiting.signal(signal);
      expect(await waiting.exited).toBe(status);
      expect(await on.activeState('slow')).toBe('active');
      await on.ok('install', 'slow:1', 'slow');
      expect((await on.status('slow')).problems).toEqual([]);
      expect(await on.host.sh('docker ps -aq --filter label=gear.name=slow | wc -l')).toBe('1');
      await on.ok('rm', 'slow');
    },
  );

  describe.each(engines)('by Ctrl-C with %s', (engine) => {
    const line = (version: string) => [
      ...['install', `web:${version}`, `hasty-${engine}`, '--engine', engine, '--publish', '8087:8080'],
    ];
    beforeAll(() => on.ok(...line('1')));
    afterAll(() => on.ok('rm', `hasty-${engine}`));

    test.each([50, 400, 900])('after %i ms of an update leaves old or new', async (afterMs) => {
      const to = (await on.host.sh('curl -s http://127.0.0.1:8087/')).includes('web 1') ? '2' : '1';
      const before = await on.generation();
      const updating = await on.host.spawn([gear, ...line(to)]);
      await setTimeout(afterMs);
      await updating.signal('SIGINT');
      const status = await updating.exited;
      // 130: node had not yet begun with gear, which takes the signal itself from then on.
      expect([0, 1, 130]).toContain(status);
      if (status === 130) expect(await on.generation()).toBe(before);
      await on.serves(8087, 'web [12]');
      await on.ok(...line(to));
      await on.serves(8087, `web ${to}`);
      expect((await on.status(`hasty-${engine}`)).problems).toEqual([]);
    });
  });
});
