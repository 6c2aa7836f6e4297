import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, image, sleepImage, slowImage, stubbornImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { farAway } from '../lab/relay.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const gear = '/opt/gear/bin/run.cjs';
let on: GearHost;
let far: GearHost;
/** Gets healthy when it starts for the second time, so that a boot, which waits for it, is not held up. */
const laterImage = image({
  tag: 'later:1',
  command: ['sh', '-c', 'test -e /begun && touch /healthy; touch /begun; sleep 2147483647'],
  health: { ...check('test -e /healthy'), startPeriodMs: 60_000 },
});

beforeAll(async () => {
  [on, far] = await Promise.all([gearHost('trixie'), gearHost('bookworm')]);
  const images = [webImage('1'), sleepImage(), slowImage(1), laterImage, stubbornImage()];
  await loadImages(on.host, 'docker', images);
  for (const engine of engines) await loadImages(far.host, engine, images);
});
afterAll(async () => {
  await on.clear();
  await far.clear();
});

/** Without the connections that it has. */
const restartSshd = 'systemctl restart ssh; for pid in $(pgrep -f "sshd: root"); do kill $pid; done';
const becomingReady =
  'systemctl show -p ActiveState --value ctr-slow-ready.service | grep -q activating && systemctl is-active -q ctr-slow.service';

describe('a host that is gone in the middle of an install', () => {
  test.each([
    ['loses power', () => far.host.kill(), () => far.host.start()],
    ['is unplugged', () => far.host.cut(), () => far.host.heal()],
    ['stands still', () => far.host.freeze(), () => far.host.thaw()],
  ])(
    'because it %s is told with status 3, holds up no other, and the same command finishes later',
    async (_, away, back) => {
      const line = ['install', 'later:1', 'bookworm/slow', '--engine', 'docker'];
      const other = ['install', 'web:1', 'root@trixie/beside', '--engine', 'docker'];
      const lost = await on.host.spawn(['sh', '-c', `${gear} ${line.join(' ')} 2>/run/lost`]);
      await far.host.waitFor(['sh', '-c', becomingReady]);
      await away();
      await on.ok(...other);
      expect(await lost.exited).toBe(3);
      expect(await on.host.sh('cat /run/lost')).toMatch(/the connection to bookworm was lost/);
      await back();
      await on.host.waitFor(['ssh', '-o', 'BatchMode=yes', 'bookworm', 'true']);
      await on.ok('install', 'slow:1', 'bookworm/slow', '--engine', 'docker');
      expect((await far.status('slow')).problems).toEqual([]);
      expect(await far.host.sh('docker ps -aq --filter label=gear.name=slow | wc -l')).toBe('1');
      await on.ok('rm', 'bookworm/slow', 'root@trixie/beside');
    },
  );
});

test('two operators: who waits is told who works, and from where; one that vanishes frees the lock within 15 s', async () => {
  const script = 'trap "while ! test -e /go; do sleep 0.1; done; exit 0" TERM; while :; do sleep 0.1; done';
  await on.ok('install', 'web:1', 'bookworm/web', '--engine', 'docker');
  await on.ok(
    ...['install', 'stubborn:1', 'bookworm/late', '--stop-timeout', '100s', '--engine', 'docker'],
    ...['--', 'sh', '-c', script],
  );
  const stopping = await on.host.spawn([gear, 'stop', 'bookworm/late']);
  await far.becomes('late', 'deactivating');
  const second = await far.host.spawn(['sh', '-c', `${gear} restart web 2>/run/second`]);
  await far.host.waitFor(['grep', 'waiting for "gear stop bookworm/late" by root@trixie', '/run/second']);
  await second.signal('SIGINT');
  await second.exited;
  // As a laptop whose battery is empty: nothing tells the host.
  await on.host.cut();
  await stopping.signal('SIGKILL');
  await far.host.waitFor(['flock', '--nonblock', '/var/lib/gear/lock', 'true'], { timeoutMs: 15_000 });
  await on.host.heal();
  // The work of the one that was killed goes on, and holds nobody up.
  expect(await far.activeState('late')).toBe('deactivating');
  await far.host.sh('docker exec $(docker ps -q --filter label=gear.name=late) touch /go');
  await far.becomes('late', 'inactive');
  await on.ok('rm', 'bookworm/web', 'bookworm/late');
});

describe('as much at once as sshd lets in by its defaults:', () => {
  const verbose = '/etc/ssh/sshd_config.d/verbose.conf';
  /** What sshd told since the last look, each line with when. */
  const told = async (): Promise<readonly Told[]> => {
    const journal = 'journalctl --sync; journalctl -t sshd -o short-unix --cursor-file=/run/sshd.cursor';
    return (await far.host.sh(journal)).split('\n').map((entry) => {
      const [, at = '', line = ''] = /^(\d+\.\d+) \S+ sshd\[\d+\]: (.*)$/.exec(entry) ?? [];
      return { atMs: Number(at) * 1000, line };
    });
  };
  const logins = (lines: readonly Told[]): number =>
    lines.filter(({ line }) => line.startsWith('Accepted publickey ')).length;

  beforeAll(async () => {
    await far.host.sh(`echo 'LogLevel VERBOSE' >${verbose}; ${restartSshd}`);
    await told();
  });
  afterAll(async () => {
    await far.host.sh(`rm -f ${verbose} /run/sshd.cursor; ${restartSshd}`);
    await on.host.sh('rm -f /root/.ssh/config');
  });

  test('many containers, and many commands beside each other: sshd refuses none of their sessions', async () => {
    const names = Array.from({ length: 15 }, (_, at) => `bookworm/many${String(at)}`);
    const docker = on.gear(['install', 'sleep:1', ...names, '--engine', 'docker']);
    const podman = on.gear(['install', 'sleep:1', ...names.map((name) => `${name}p`), '--engine', 'podman']);
    const lists = Array.from({ length: 10 }, () => on.gear(['ls', '--host', 'bookworm']));
    for (const result of await Promise.all([docker, podman, ...lists])) {
      expect(result, result.stderr).toMatchObject({ code: 0 });
    }
    expect((await far.list()).filter(({ name }) => name.startsWith('many'))).toHaveLength(30);
    await on.ok('rm', ...names, ...names.map((name) => `${name}p`));
    const lines = await told();
    expect(mostSessions(lines)).toBeGreaterThan(3);
    expect(mostSessions(lines)).toBeLessThanOrEqual(8);
    // A session that sshd refuses is one that ssh(1) makes a connection of its own for.
    expect(logins(lines)).toBe(2 + lists.length);
  });

  test('a look at twenty hosts: ten connections begin at the same time', async () => {
    await on.host.exec(['sh', '-c', 'cat >>/root/.ssh/config'], {
      input: `Host stands-*\n  HostName ${far.host.address}\n  HostKeyAlias bookworm\n`,
    });
    const hosts = Array.from({ length: 20 }, (_, at) => ['--host', `stands-${String(at)}`]);
    await on.ok('ls', ...hosts.flat());
    const lines = await told();
    expect(logins(lines)).toBe(20);
    expect(mostStarts(lines)).toBeGreaterThan(3);
    expect(mostStarts(lines)).toBeLessThanOrEqual(10);
  });
});

interface Told {
  readonly atMs: number;
  readonly line: string;
}

/** sshd clears a session away only after it has read all that came with its end, which may begin the next one. */
const clearingMs = 50;

/**
 * How many commands ran in sessions of one connection at the same time, by what sshd told: one whose end it tells right
 * after the start of another had ended by then.
 */
function mostSessions(lines: readonly Told[]): number {
  const running = new Map<string, number>();
  const sessions: { readonly port: string; readonly fromMs: number; toMs: number }[] = [];
  for (const { atMs, line } of lines) {
    const [, what, port = '', id = ''] =
      /^(Starting session|Close session): .* port (\d+) id (\d+)$/.exec(line) ?? [];
    if (what === undefined) continue;
    const session = sessions[running.get(`${port} ${id}`) ?? -1];
    if (what === 'Close session' && session !== undefined) session.toMs = atMs;
    if (what === 'Starting session')
      running.set(`${port} ${id}`, sessions.push({ port, fromMs: atMs, toMs: Infinity }) - 1);
  }
  const besides = sessions.map(
    (each) =>
      sessions.filter(
        ({ port, fromMs, toMs }) =>
          port === each.port &&
          fromMs <= each.fromMs &&
          toMs > each.fromMs + (fromMs === each.fromMs ? 0 : clearingMs),
      ).length,
  );
  return Math.max(0, ...besides);
}

/** How many connections were not let in yet at the same time, by what sshd told of each. */
function mostStarts(lines: readonly Told[]): number {
  const begun = new Set<string>();
  let most = 0;
  for (const { line } of lines) {
    const [, what, port = ''] =
      /^(Connection from|Accepted publickey|Connection closed) .*? port (\d+)/.exec(line) ?? [];
    if (what === 'Connection from') begun.add(port);
    else if (what !== undefined) begun.delete(port);
    most = Math.max(most, begun.size);
  }
  return most;
}

test('connections that sshd ends are made again by the next command', async () => {
  await on.ok('ls', '--host', 'bookworm');
  await far.host.sh(restartSshd);
  await on.ok('ls', '--host', 'bookworm');
});

test('beside a kept connection that has died in silence one other is made, and the work is done', async () => {
  await on.ok('install', 'web:1', 'bookworm/web', '--engine', 'docker');
  for (const args of [
    ['ls', '--host', 'bookworm'],
    ['install', 'web:1', 'bookworm/web', 'KEY=value', '--engine', 'docker'],
  ]) {
    const logins = 'journalctl --sync; journalctl -t sshd -o cat | grep -c "^Accepted publickey"';
    const before = Number(await far.host.sh(logins));
    // As behind a router that has forgotten of it.
    await far.host.sh('pkill -STOP -f "^sshd: root"');
    await on.ok(...args);
    expect(Number(await far.host.sh(logins)) - before).toBe(1);
    await far.host.sh('pkill -KILL -f "^sshd: root" || true');
    await on.ok('ls', '--host', 'bookworm');
  }
  await on.ok('rm', 'bookworm/web');
});

test('that a host is gone is told within ten seconds, also where a connection to it was kept', async () => {
  await on.ok('ls', '--host', 'bookworm');
  await far.host.cut();
  const began = performance.now();
  expect(await on.fails(3, 'ls', '--host', 'bookworm')).toMatch(/bookworm does not answer/);
  // A second login of a busy machine is not counted too closely; to wait for the kept one takes twenty.
  expect((performance.now() - began) / 1000).toBeLessThan(14);
  await far.host.heal();
  await on.host.waitFor(['ssh', '-o', 'BatchMode=yes', 'bookworm', 'true']);
});

test('a slow connection that loses every fifth packet: the work is done all the same', async () => {
  const drop = 'INPUT -p tcp --dport 22 -m statistic --mode random --probability 0.2 -j DROP';
  const distant = await farAway(on.host, {
    ...{ to: far.host, roundTripMs: 200, alias: 'distant', port: 2299 },
  });
  await far.host.sh(`iptables -I ${drop}`);
  try {
    const { stdout } = await on.ok('install', 'web:1', 'distant/lossy', 'KEY=value', '--engine', 'docker');
    expect(stdout).toBe('distant: lossy installed\n');
    await on.ok('rm', 'distant/lossy');
  } finally {
    await far.host.sh(`iptables -D ${drop}`);
    await distant.end();
  }
});

test('a full disk on one host is told for that host, and the other gets its container', async () => {
  const folder = '/etc/gear/generations';
  await far.host.sh(`
    mkdir -p ${folder}; mount -t tmpfs -o size=64k full ${folder}
    head -c 1M /dev/zero >${folder}/full 2>/dev/null || true`);
  const result = await on.gear([
    ...['install', 'web:1', 'bookworm/full', 'root@trixie/full', '--engine', 'docker'],
  ]);
  await far.host.sh(`umount ${folder}`);
  expect(result.code).toBe(5);
  expect(result.stderr).toMatch(/bookworm: cannot write .*no space left on device/);
  expect(result.stdout).toBe('root@trixie: full installed\n');
  await on.ok('install', 'web:1', 'bookworm/full', '--engine', 'docker');
  await on.ok('rm', 'bookworm/full', 'root@trixie/full');
});

test('an engine that is down on one host is told for that host, and the other gets its container', async () => {
  await far.host.sh('systemctl stop docker.socket docker');
  const result = await on.gear([
    'install',
    'web:1',
    'bookworm/half',
    'root@trixie/half',
    '--engine',
    'docker',
  ]);
  await far.host.sh('systemctl start docker.socket docker');
  expect(result.code).toBe(5);
  expect(result.stderr).toMatch(/bookworm: Docker does not answer/);
  expect(result.stdout).toBe('root@trixie: half installed\n');
  await on.ok('rm', 'root@trixie/half');
});
