import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, volumeImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import type { CleanReport } from '../../src/report/values.ts';

describe('a host stays clean', () => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('bookworm');
    for (const engine of engines)
      await loadImages(on.host, engine, [sleepImage(), volumeImage(), webImage('1'), webImage('2')]);
  });
  afterAll(() => on.clear());

  test('clean shows what goes and asks; --yes removes it, and what runs goes on', async () => {
    await on.ok('install', 'web:1', 'web', 'A=1', '--engine', 'docker');
    await on.ok('set', 'web', 'A=2');
    await on.ok('set', 'web', '--image', 'web:2');
    const pid = await on.payloadPid('docker', 'web');
    const asked = await on.fails(2, 'clean', '--keep', '1');
    expect(asked).toContain('old generation');
    expect(asked).toContain('gear clean --yes');
    const { stdout } = await on.ok('clean', '--keep', '1', '--yes', '--json');
    const { removals } = JSON.parse(stdout) as CleanReport;
    expect(removals.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['generation.erase', 'file.erase', 'image.untag']),
    );
    expect(await on.host.sh('ls /etc/gear/generations')).toBe(String(await on.generation()));
    expect(await on.payloadPid('docker', 'web')).toBe(pid);
    expect((await on.status('web')).problems).toEqual([]);
    await on.ok('restart', 'web');
    expect((await on.ok('clean', '--keep', '1', '--yes')).stdout).toBe('There is nothing to remove.\n');
  });

  test('clean and uninstall of several hosts show what goes on each, ask once, and do nothing without a yes', async () => {
    const near = await gearHost('trixie');
    await loadImages(near.host, 'docker', [sleepImage()]);
    const both = [near, on];
    const names = ['root@trixie/many', 'bookworm/many'];
    const hosts = ['--host', 'root@trixie', '--host', 'bookworm'];
    const typed = async (answer: string, ...words: readonly string[]): Promise<string> => {
      const command = ['/opt/gear/bin/run.cjs', ...words, ...hosts].join(' ');
      const line = ['script', '--quiet', '--return', '--command', command, '/dev/null'];
      return (await near.host.exec(line, { input: `${answer}\n` })).stdout;
    };
    await near.ok('install', 'sleep:1', ...names, '--engine', 'docker', '--stop-timeout', '1s');
    for (const name of names) await near.ok('set', name, 'A=2');
    const kept = (): Promise<readonly string[]> =>
      Promise.all(both.map(({ host }) => host.sh('ls /etc/gear/generations')));
    const before = await kept();

    const asked = await near.fails(2, 'clean', '--keep', '1', ...hosts);
    for (const host of ['root@trixie', 'bookworm'])
      expect(asked).toMatch(new RegExp(`^${host}: .*old generation`, 'm'));
    const declined = await typed('n', 'clean', '--keep', '1');
    expect(declined.match(/\[y\/N\]/g)).toHaveLength(1);
    expect(await kept()).toEqual(before);
    await typed('y', 'clean', '--keep', '1');
    for (const generations of await kept()) expect(generations).not.toContain('\n');

    const { stdout } = await near.ok('uninstall', '--all', '--yes', ...hosts);
    for (const host of ['root@trixie', 'bookworm']) expect(stdout).toContain(`${host}: `);
    for (const { host } of both) {
      expect(await host.sh('ls -d /etc/gear /var/lib/gear 2>/dev/null || true')).toBe('');
      expect(await host.sh('docker ps --all --quiet --filter label=gear.name')).toBe('');
    }
  });

  test('uninstall --all leaves the host as it was before gear, but for volumes', async () => {
    await on.clear();
    await on.ok('uninstall', '--all', '--yes');
    const before = await state();
    await on.ok('install', 'data:1', 'keeper', 'A=1', '--engine', 'docker', '--publish', '0:8080');
    await on.ok('install', 'sleep:1', 'pod', '--engine', 'podman', '--schedule', 'daily');
    await on.ok('install', 'sleep:1', 'held', '--engine', 'podman');
    await on.ok('hold', 'held', '--for', '2h');
    await on.gear(['secret', 'set', 'token'], { input: 'x' });
    expect(await state()).not.toBe(before);
    const { stdout } = await on.ok('uninstall', '--all', '--yes');
    expect(stdout).toContain('nothing of gear is left but volumes');
    expect(await state()).toBe(before);
    expect(await on.host.sh('docker volume ls --quiet')).toContain('ctr-keeper.data');
    await on.host.sh('docker volume rm ctr-keeper.data');
    expect(await on.list()).toEqual([]);
  });

  test('uninstall --all begins nothing while somebody holds a lock that would go with it', async () => {
    await on.ok('install', 'sleep:1', 'web', '--engine', 'docker');
    const lock = '/run/gear/sending/0123-docker';
    const holder = await on.host.spawn([
      'sh',
      '-c',
      `mkdir -p /run/gear/sending; exec flock ${lock} sleep infinity`,
    ]);
    await on.host.waitFor(['sh', '-c', `! flock --nonblock ${lock} true`]);
    expect(await on.fails(5, 'uninstall', '--all', '--yes')).toContain(
      'the lock for sending this image is not free',
    );
    expect(await on.activeState('web')).toBe('active');
    await holder.signal('SIGTERM');
    await holder.exited;
    await on.ok('uninstall', '--all', '--yes');
    expect(await on.host.sh('ls /run/gear /etc/gear /var/lib/gear 2>/dev/null || true')).toBe('');
  });

  /** All of a host that gear could leave something in. */
  function state(): Promise<string> {
    return on.host.sh(`
      find /etc/systemd /etc/gear /etc/ctr /var/lib/gear /run/gear /run/systemd/transient 2>/dev/null |
        grep -v '/session-[0-9]*[.]scope$' | sort # whoever has logged in, or out
      systemctl list-units --all --plain --no-legend 'ctr-*' 'gear-*.timer' 'gear-*.service'
      for engine in docker podman; do
        $engine ps --all --format '{{.Names}}' | sort
        $engine images --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}' | sort
        $engine network ls --format '{{.Name}}' | sort
      done`);
  }
});
