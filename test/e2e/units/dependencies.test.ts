import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HealthCheck } from '../../../src/core/model/container.ts';
import { containerName } from '../../../src/core/model/container-name.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import type { Host } from '../../lab/host.ts';
import { Lab } from '../../lab/lab.ts';
import { UnitHost, untilStopped } from './unit-host.ts';

let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await Lab.up({ name: `units-deps-${String(process.pid)}`, hosts: [{ name: 'h1' }] });
  host = lab.host('h1');
});

afterAll(() => lab.down());

const check: HealthCheck = {
  command: ['test', '-e', '/tmp/healthy'],
  intervalMs: 1_000,
  timeoutMs: 1_000,
  retries: 1,
  startPeriodMs: 0,
};

const heals = untilStopped('sleep 2; touch /tmp/healthy');

describe.each(['docker', 'podman'] as const)('with %s', (engine) => {
  let units: UnitHost;

  beforeAll(async () => {
    units = await UnitHost.prepare(host, { engine });
  });
  afterEach(() => units.clean());

  const inside = (instance: Instance, ...command: readonly string[]) =>
    host.exec([engine, 'exec', containerName(instance), ...command]);

  it('a container runs before it is ready, and its dependant starts when it is', async () => {
    const [db] = await units.place(
      { name: 'db', spec: { command: heals }, check },
      { name: 'web', spec: { requires: ['db'] } },
    );
    expect(await units.start('ctr-db')).toMatchObject({ code: 0 });
    expect(await units.show('ctr-db-ready', 'ActiveState')).toBe('activating');
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await inside(db, 'test', '-e', '/tmp/healthy');
    expect(await units.show('ctr-db-ready', 'ActiveState')).toBe('active');
  });

  it('a check that never passes fails readiness, with what it said, and leaves the container running', async () => {
    const command = ['sh', '-c', 'echo no such table; test -e /tmp/healthy'];
    const [db] = await units.place({ name: 'db', check: { ...check, command } });
    await shorten('ctr-db-ready', 2);
    expect(await units.start('ctr-db')).toMatchObject({ code: 0 });
    const pid = await units.payloadPid(db);
    expect(await units.start('ctr-db-ready')).toMatchObject({ code: 1 });
    expect((await units.journal('ctr-db-ready')).join('\n')).toContain('no such table');
    expect(await units.show('ctr-db', 'ActiveState')).toBe('active');

    await inside(db, 'touch', '/tmp/healthy');
    await units.reaches('ctr-db-ready', 'active');
    expect(await units.payloadPid(db)).toBe(pid);
  });

  it('a restarted container has to become ready anew', async () => {
    const [db] = await units.place({ name: 'db', check, spec: { command: heals } });
    expect(await units.start('ctr-db', 'ctr-db-ready')).toMatchObject({ code: 0 });
    const before = await units.show('ctr-db-ready', 'InvocationID');
    const pid = await units.payloadPid(db);
    await host.exec(['kill', '-KILL', pid]);
    await units.comesBack(db, pid);
    await units.reaches('ctr-db-ready', 'active');
    expect(await units.show('ctr-db-ready', 'InvocationID')).not.toBe(before);
  });

  it('a dependency that is away for long leaves nothing failed for good', async () => {
    const folder = join(host.root, 'srv/away');
    await mkdir(folder, { recursive: true });
    const mounts = [{ kind: 'bind', source: '/srv/away', target: '/srv', options: ['ro'] }] as const;
    const command = untilStopped('test -e /srv/here || exit 1');
    const [, web] = await units.place(
      { name: 'db', spec: { command, mounts }, check: { ...check, command: ['true'] } },
      { name: 'web', spec: { requires: ['db'] } },
    );
    // Not awaited: while db comes and goes, web's job may wait for one of its starts after the other.
    await host.exec(['systemctl', 'start', '--no-block', 'ctr-db', 'ctr-web']);
    await host.waitFor(['sh', '-c', '[ $(systemctl show --property NRestarts --value ctr-db) -ge 2 ]']);
    expect(await units.show('ctr-db', 'ActiveState')).not.toBe('failed');
    expect(await units.show('ctr-web', 'ActiveState')).not.toMatch(/^(active|failed)$/);
    await writeFile(join(folder, 'here'), '');
    await units.comesBack(web, '');
    expect(await units.show('ctr-db', 'ActiveState')).toBe('active');
    await rm(folder, { recursive: true });
  });

  it('a dependency that a person holds is not pulled in', async () => {
    await units.place(
      { name: 'db', hold: { by: 'root', atMs: 0 } },
      { name: 'web', spec: { requires: ['db'], restart: 'no' } },
    );
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    expect(await units.show('ctr-db', 'ActiveState')).toBe('inactive');
  });

  it('all of it is back after a power loss', async () => {
    // Podman's own runs of a check that does not pass yet would leave the host `degraded`.
    const [db, web] = await units.place(
      { name: 'db', check: { ...check, command: ['true'] } },
      { name: 'web', spec: { requires: ['db'] } },
    );
    expect(await units.start('ctr-db', 'ctr-web')).toMatchObject({ code: 0 });
    await host.exec(['systemctl', 'enable', 'ctr-db', 'ctr-web']);
    await host.reboot();
    await units.comesBack(web, '');
    expect(await units.payloadPid(db)).toMatch(/^[1-9]/);
    expect(await units.show('ctr-db-ready', 'ActiveState')).toBe('active');
    await host.exec(['systemctl', 'disable', 'ctr-db', 'ctr-web']);
  });
});

/** A drop-in: the least that gear renders is half a minute. */
async function shorten(unit: string, seconds: number): Promise<void> {
  await host.sh(`mkdir -p /run/systemd/system/${unit}.service.d
    printf '[Service]\\nTimeoutStartSec=${String(seconds)}\\n' >/run/systemd/system/${unit}.service.d/short.conf
    systemctl daemon-reload`);
}
