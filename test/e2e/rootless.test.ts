import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { Unprivileged } from './support/unprivileged.ts';

/** A container has the name that was asked for in the engine of the user, over an update, a restart and the way back. */
async function keepsItsName(
  on: GearHost,
  user: Unprivileged,
  { engine, port }: { readonly engine: 'docker' | 'podman'; readonly port: number },
): Promise<void> {
  const ask = (...words: readonly string[]): Promise<string> =>
    engine === 'docker' ? user.docker(...words) : user.exec(['podman', ...words]);
  const bears = async (version: string): Promise<void> => {
    await on.serves(port, `web ${version}`);
    const format = '{{.State.Running}} {{index .Config.Labels "gear.name"}}';
    expect(await ask('container', 'inspect', '--format', format, 'my-front')).toBe('true shop.front');
  };
  for (const version of ['1', '2']) {
    const front = `{image: "web:${version}", container_name: my-front, ports: ["${String(port)}:8080"]}`;
    await user.exec(['tee', 'compose.yaml'], Buffer.from(`name: shop\nservices: {front: ${front}}\n`));
    await user.ok('apply', 'compose.yaml', '--engine', engine, '--yes');
    await bears(version);
  }
  await user.ok('restart', 'my-front');
  await bears('2');
  await user.ok('rollback', 'shop.front');
  await bears('1');
  await user.ok('rm', 'my-front');
  expect(await ask('ps', '--all', '--format', '{{.Names}}')).not.toMatch(/front/);
}

describe('gear --user on trixie, with rootless Podman', () => {
  let on: GearHost;
  let anna: Unprivileged;
  const web = ['web', '--publish', '8081:8080'] as const;

  beforeAll(async () => {
    on = await gearHost('trixie');
    anna = await Unprivileged.create(on.host, 'anna', 2001);
  });
  afterAll(() => anna.remove());

  test('without a systemd of the user, and without lingering, the command that mends it is told', async () => {
    expect(await anna.fails(5, 'ls')).toContain('→ loginctl enable-linger anna');
    await on.host.sh('systemctl start user@$(id -u anna).service');
    await anna.systemdAnswers();
    expect(await anna.fails(5, 'install', 'web:1', ...web)).toContain('→ loginctl enable-linger anna');
    expect((await anna.gear(['doctor'])).stdout).toMatch(/FAIL +linger: .*\n +→ loginctl enable-linger anna/);
  });

  test('install puts a container under the systemd of the user, and touches nothing of the machine', async () => {
    await anna.linger();
    await anna.load([webImage('1'), webImage('2'), sleepImage()]);
    const machine = 'find /etc /var/lib/gear /run/gear -newer /home/anna/.profile -path "*gear*" | sort';
    const before = await on.host.sh(machine);
    await anna.ok('install', 'web:1', ...web);
    await on.serves(8081, 'web 1');
    expect(await anna.property('ctr-web.service', 'UnitFileState')).toBe('enabled');
    expect(await on.host.sh(machine)).toBe(before);
    expect(await anna.ok('ls')).toMatch(/web +web +running/);
    expect(await anna.ok('status', 'web')).toContain('starts on boot');
    expect(await anna.ok('doctor')).toContain('linger: anna lingers');
  });

  test('an update is in place, and rollback brings the earlier form back', async () => {
    await anna.ok('install', 'web:2', ...web);
    await on.serves(8081, 'web 2');
    await anna.ok('rollback', 'web');
    await on.serves(8081, 'web 1');
  });

  test('a name that was asked for is that of its container', () =>
    keepsItsName(on, anna, { engine: 'podman', port: 8083 }));

  test('what a container writes is in the journal of the user', async () => {
    await anna.ok('install', 'sleep:1', 'talk', '--', 'sh', '-c', 'echo hello from talk; exec sleep 600');
    expect(await anna.ok('logs', 'talk')).toContain('hello from talk');
    await anna.ok('rm', 'talk');
  });

  test('what a user may not have is refused with the way out', async () => {
    expect(await anna.fails(4, 'install', 'web:1', 'low', '--publish', '80:8080')).toMatch(
      /host port 80 is for root alone[^]*ip_unprivileged_port_start=80/,
    );
    expect(await anna.fails(5, 'install', 'web:1', 'low', '--engine', 'docker')).toContain(
      'no docker.service',
    );
    expect(await anna.fails(2, 'ls', '--host', 'bookworm')).toContain('this machine alone');
    expect(await on.fails(2, '--user', 'ls')).toContain('without root');
  });

  test('a secret is a file of the user alone, and data of every owner is in a backup', async () => {
    await anna.ends(0, ['secret', 'set', 'pin'], 'n0t-f0r-0thers');
    await anna.ok(
      ...['install', 'sleep:1', 'keeper', '--secret', 'pin', '--volume', 'data:/data', '--'],
      ...['sh', '-c', 'cp /run/secrets/pin /data/pin && chown 7:7 /data/pin && exec sleep 600'],
    );
    const found = "find .local/state/gear -name '*.secret' -printf '%m %u\\n'";
    expect(await on.host.sh(`cd ${anna.home}; ${found}`)).toBe('600 anna');
    await on.host.waitFor(['sh', '-c', 'ls -ln /var/lib/containers/anna/volumes/data/_data | grep -q pin']);
    await anna.ok('volume', 'backup', 'data', 'data.backup');
    await anna.ok('rm', 'keeper', '--volumes');
    await anna.ok('secret', 'rm', 'pin');
    await anna.ok('volume', 'restore', 'data', 'data.backup');
    const inside = [
      'podman',
      'unshare',
      'stat',
      '--format=%u:%s',
      '/var/lib/containers/anna/volumes/data/_data/pin',
    ];
    expect(await anna.exec(inside)).toBe('7:14');
  });

  test('after a power loss it is back by itself; what was stopped is not', async () => {
    await anna.ok('install', 'sleep:1', 'idle');
    await anna.ok('stop', 'idle');
    await on.host.reboot();
    await on.serves(8081, 'web 1');
    expect(await anna.property('ctr-idle.service', 'ActiveState')).toBe('inactive');
    expect(await anna.ok('ls')).toMatch(/idle +idle +held/);
  });

  test('eject leaves a unit of the user that needs no gear', async () => {
    await anna.ok('start', 'idle');
    await anna.ok('eject', 'idle');
    await anna.exec(['systemctl', '--user', 'restart', 'ctr-idle.service']);
    expect(await anna.exec(['cat', '.config/systemd/user/ctr-idle.service'])).not.toContain('/gear/local/');
    await anna.exec(['systemctl', '--user', 'disable', '--now', 'ctr-idle.service']);
    await anna.exec(['rm', '.config/systemd/user/ctr-idle.service']);
  });

  test('rm leaves no unit, link or container, and uninstall nothing of gear', async () => {
    await anna.ok('rm', 'web');
    expect(await anna.property('ctr-web.service', 'LoadState')).toBe('not-found');
    await anna.ok('uninstall', '--all', '--yes');
    expect(await anna.exec(['podman', 'ps', '--all', '--quiet'])).toBe('');
    expect(
      await on.host.sh(
        `find ${anna.home}/.config/systemd ${anna.home}/.local/state/gear -name '*ctr-*' -o -name local`,
      ),
    ).toBe('');
  });
});

describe('gear --user on trixie, with rootless Docker', () => {
  let on: GearHost;
  let bob: Unprivileged;
  const web = ['web', '--engine', 'docker', '--publish', '8082:8080'] as const;

  beforeAll(async () => {
    on = await gearHost('trixie');
    bob = await Unprivileged.create(on.host, 'bob', 2002);
    await bob.linger();
    await bob.startDocker();
    await bob.loadDocker([webImage('1'), webImage('2'), sleepImage()]);
  });
  afterAll(() => bob.remove());

  test('an update and a rollback serve, under the systemd of the user', async () => {
    expect(await bob.ok('doctor')).toMatch(/ok +docker: version/);
    await bob.ok('install', 'web:1', ...web);
    await on.serves(8082, 'web 1');
    expect(await bob.property('ctr-web.service', 'UnitFileState')).toBe('enabled');
    await bob.ok('set', 'web', '--image', 'web:2');
    await on.serves(8082, 'web 2');
    await bob.ok('rollback', 'web');
    await on.serves(8082, 'web 1');
    expect(await on.host.sh('docker ps --all --quiet --filter label=gear.name=web')).toBe('');
  });

  test('a name that was asked for is that of its container', () =>
    keepsItsName(on, bob, { engine: 'docker', port: 8084 }));

  test('data of every owner is in a backup, and uninstall leaves volumes alone', async () => {
    const script = 'echo kept >/data/file && chown 7:7 /data/file && exec sleep 600';
    await bob.ok(
      ...['install', 'sleep:1', 'keeper', '--engine', 'docker', '--volume', 'data:/data'],
      ...['--', 'sh', '-c', script],
    );
    const file = '.local/share/docker/volumes/data/_data/file';
    await on.host.waitFor(['test', '-e', `${bob.home}/${file}`]);
    await bob.ok('volume', 'backup', 'data', 'data.backup');
    await bob.ok('rm', 'keeper', '--volumes');
    await bob.ok('volume', 'restore', 'data', 'data.backup');
    const owner = ['unshare', '--map-auto', '--map-root-user', '--', 'stat', '--format=%u:%s', file];
    expect(await bob.exec(owner)).toBe('7:5');
    await bob.ok('uninstall', '--all', '--yes');
    expect(await bob.docker('ps', '--all', '--quiet')).toBe('');
    expect(await bob.docker('volume', 'ls', '--quiet')).toBe('data');
  });
});
