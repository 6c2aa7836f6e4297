import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { doctor } from '../../../src/flows/doctor.ts';
import type { UserManagerFacts } from '../../../src/ports/host.ts';
import { inUserScope } from '../../support/in-user-scope.ts';
import { contextOn, installing } from './gear-in-memory.ts';

const healthy: UserManagerFacts = {
  lingers: true,
  hasSubordinateIds: true,
  firstPort: 1024,
  controllers: ['cpu', 'memory', 'pids'],
  dockerSocket: null,
};

function hostOf(facts: Partial<UserManagerFacts> = {}): MemoryHost {
  const userManager = { ...healthy, ...facts };
  const host = new MemoryHost({ uid: 1000, user: 'anna', engines: ['podman'], userManager });
  host.podman.images.add('web:1');
  return host;
}

const toInstall = (port: string) => installing(['web:1', 'web'], { flags: { publish: [port] } });

describe('gear --user', () => {
  inUserScope();

  test('installs without root', async () => {
    const host = hostOf();
    expect(await toInstall('8080:80')(contextOn(host))).toMatchObject({ ok: true });
    expect(
      await host.files.exists('/home/anna/.config/systemd/user/default.target.wants/ctr-web.service'),
    ).toBe(true);
    expect(await host.files.list('/etc/gear')).toEqual([]);
  });

  test.each([
    ['LINGER_OFF', { lingers: false }, 'loginctl enable-linger anna'],
    ['SUBORDINATE_IDS', { hasSubordinateIds: false }, 'usermod --add-subuids 100000-165535'],
  ] as const)('changes nothing where there is %s, and says what mends it', async (code, facts, next) => {
    const host = hostOf(facts);
    const result = await toInstall('8080:80')(contextOn(host));
    expect(result).toMatchObject({
      ok: false,
      failures: [{ code, next: expect.stringContaining(next) as string }],
    });
    expect(await host.files.exists('/home/anna/.local/state/gear/local/current')).toBe(false);
    const checks = await doctor(contextOn(host));
    expect(checks.ok ? checks.value : []).toContainEqual(
      expect.objectContaining({ state: 'failed', next: expect.stringContaining(next) as string }),
    );
  });

  test('refuses a port that the kernel gives to root alone, and not one that it does not', async () => {
    const refused = await toInstall('443:443')(contextOn(hostOf()));
    expect(refused).toMatchObject({ ok: false, failures: [{ code: 'PORT_PRIVILEGED', subject: 'web' }] });
    expect(await toInstall('443:443')(contextOn(hostOf({ firstPort: 443 })))).toMatchObject({ ok: true });
  });

  test('doctor tells which limits nobody keeps, and that nothing starts a rootless Docker', async () => {
    const host = hostOf({ controllers: ['memory', 'pids'], dockerSocket: '/run/user/1000/docker.sock' });
    const checks = await doctor(contextOn(host));
    const told = checks.ok
      ? checks.value.map(({ name, state, message }) => `${state} ${name}: ${message}`)
      : [];
    expect(told).toContain('warning limits: your systemd may keep no limits of cpu');
    expect(told).toContain(
      'warning docker: rootless Docker listens at /run/user/1000/docker.sock, but your systemd has no docker.service that starts it',
    );
  });
});
