import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { doctor } from '../../../src/flows/doctor.ts';
import { anApp, applying } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run, type Typed } from './gear-in-memory.ts';

/** Types what must be refused without a call that changes anything; returns the first failure. */
async function refused(host: MemoryHost, typed: Typed): Promise<Failure> {
  const mark = host.calls.mark;
  const result = await typed(contextOn(host));
  if (result.ok) throw new Error('it was not refused');
  expect(host.calls.since(mark)).toEqual([]);
  const [failure] = result.failures;
  if (failure === undefined) throw new Error('a refusal without a failure');
  expect(failure.next).not.toBe('');
  return failure;
}

describe('the engine of a container', () => {
  test('is the one that the host has', async () => {
    const host = new MemoryHost({ engines: ['podman'] });
    host.podman.images.add('web:1');
    await run(host, installing(['web:1', 'web']));
    expect((await declaredOn(host)).get('web')?.engine).toBe('podman');
  });

  test('is Docker where the host has both, and stays what it is', async () => {
    const host = new MemoryHost();
    for (const engine of [host.docker, host.podman]) engine.images.add('web:1');
    await run(host, installing(['web:1', 'web']));
    await run(host, installing(['web:1', 'other'], { engine: 'podman' }));
    await run(host, installing(['web:1', 'other', 'A=1']));
    const declared = await declaredOn(host);
    expect([declared.get('web')?.engine, declared.get('other')?.engine]).toEqual(['docker', 'podman']);
  });

  test('that the host does not have is refused by name, and so is a host without any', async () => {
    const docker = new MemoryHost({ engines: ['docker'] });
    const podman = installing(['web:1', 'web'], { engine: 'podman' });
    expect(await refused(docker, podman)).toMatchObject({ code: 'ENGINE_ABSENT' });
    expect((await refused(docker, podman)).message).toContain('Podman');
    const none = await refused(new MemoryHost({ engines: [] }), installing(['web:1', 'web']));
    expect(none).toMatchObject({ code: 'ENGINE_ABSENT' });
    expect(none.message).toContain('neither docker nor podman');
  });
});

describe('a host that gear cannot drive is refused by name, and doctor tells the same:', () => {
  test.each([
    ['no systemd', { systemdIsInit: false }, 'SYSTEMD_ABSENT'],
    ['no root', { uid: 1000, user: 'anna' }, 'NOT_ROOT'],
    ['cgroup v1', { unifiedCgroup: false }, 'CGROUP_OLD'],
  ] as const)('%s', async (_what, facts, code) => {
    const host = new MemoryHost(facts);
    host.docker.images.add('web:1');
    const failure = await refused(host, installing(['web:1', 'web']));
    expect(failure.code).toBe(code);
    const checks = await doctor(contextOn(host));
    expect(checks.ok && checks.value.filter(({ state }) => state === 'failed')).toContainEqual(
      expect.objectContaining({ message: failure.message, next: failure.next }),
    );
  });

  test('systemd 251', async () => {
    const host = new MemoryHost();
    host.docker.images.add('web:1');
    host.init.release = 251;
    expect((await refused(host, installing(['web:1', 'web']))).code).toBe('SYSTEMD_OLD');
    host.init.release = 252;
    await run(host, installing(['web:1', 'web']));
  });

  test.each(['missing', 'always'] as const)('systemd 251, before images are fetched (%s)', async (pull) => {
    const host = new MemoryHost();
    host.docker.images.publish('web:1');
    host.init.release = 251;
    const shop = anApp('shop', { web: {} }, { engine: 'docker' });
    expect((await refused(host, applying([shop], { pull }))).code).toBe('SYSTEMD_OLD');
  });

  test.each([
    ['docker', '20.10.24', null],
    ['docker', '19.03.15', 'ENGINE_OLD'],
    ['podman', '4.3.1', null],
    ['podman', '4.2.0', 'ENGINE_OLD'],
  ] as const)('%s %s', async (engine, version, code) => {
    const host = new MemoryHost();
    const memory = host[engine];
    memory.images.add('web:1');
    memory.about = { ...memory.about, version };
    const typed = installing(['web:1', 'web'], { engine });
    if (code === null) await run(host, typed);
    else expect((await refused(host, typed)).code).toBe(code);
    const checks = await doctor(contextOn(host));
    const state = checks.ok && checks.value.find(({ name }) => name === engine)?.state;
    expect(state).toBe(code === null ? 'ok' : 'failed');
  });
});

describe('an image', () => {
  test('is not pulled onto a disk that has no room for it', async () => {
    const host = new MemoryHost();
    host.docker.images.publish('web:1');
    host.files.freeBytes = () => Promise.resolve(100 * 1024 * 1024);
    const failure = await refused(host, installing(['web:1', 'web']));
    expect(failure.code).toBe('DISK_FULL');
    expect(failure.message).toContain('/var/lib/docker has 100 MB free');
  });

  test('that the disk became too small for while it was pulled changes nothing', async () => {
    const host = new MemoryHost();
    host.docker.images.withhold('web:1', { code: 'DISK_FULL', message: 'no space', next: 'df -h' });
    const mark = host.calls.mark;
    const result = await installing(['web:1', 'web'])(contextOn(host));
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'DISK_FULL' }] });
    expect(host.calls.since(mark)).toEqual(['docker.pull web:1']);
  });

  test('for another architecture is refused with both', async () => {
    const host = new MemoryHost();
    host.docker.images.add('web:1', {}, 'arm64');
    const failure = await refused(host, installing(['web:1', 'web']));
    expect(failure.code).toBe('IMAGE_PLATFORM');
    expect(failure.message).toMatch(/arm64.*amd64/);
  });
});

test('--no-start for what runs is refused: it would be neither', async () => {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  await run(host, installing(['web:1', 'web']));
  const failure = await refused(host, installing(['web:1', 'web', 'A=1'], { start: false }));
  expect(failure.next).toContain('gear stop web');
});

describe('what an update could not start with is refused while the old form runs:', () => {
  test.each([
    ['network', { network: ['nonet'] }, 'NETWORK_ABSENT', /^docker network create nonet/],
    ['device', { device: ['/dev/nope'] }, 'DEVICE_ABSENT', /^ls \/dev; /],
  ] as const)('a %s that is not there', async (_what, flags, code, next) => {
    const host = new MemoryHost();
    host.docker.images.add('web:1');
    await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
    const failure = await refused(host, installing(['web:1', 'web'], { engine: 'docker', flags }));
    expect(failure).toMatchObject({ code, subject: 'web' });
    expect(failure.next).toMatch(next);
    // By CDI's names there is no path to look for.
    const cdi = { device: ['nvidia.com/gpu=all'] };
    await run(host, installing(['web:1', 'web'], { engine: 'docker', flags: cdi }));
  });
});
