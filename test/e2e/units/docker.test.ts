import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { containerName } from '../../../src/core/model/container-name.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import type { Host } from '../../lab/host.ts';
import { Lab } from '../../lab/lab.ts';
import { slowGates } from '../../lab/slow-gates.ts';
import { UnitHost, untilStopped } from './unit-host.ts';

let lab: Lab;
let host: Host;
let units: UnitHost;

beforeAll(async () => {
  lab = await Lab.up({ name: `units-docker-${String(process.pid)}`, hosts: [{ name: 'h1' }] });
  host = lab.host('h1');
  units = await UnitHost.prepare(host, { engine: 'docker' });
});

afterAll(() => lab.down());
afterEach(() => units.clean());

async function started(wanted: Parameters<UnitHost['instance']>[0]): Promise<[Instance, string]> {
  const [instance] = await units.place(wanted);
  expect(await units.start(`ctr-${wanted.name}`)).toMatchObject({ code: 0 });
  return [instance, await units.payloadPid(instance)];
}

async function configureDocker(settings: object): Promise<void> {
  await writeFile(join(host.root, '/etc/docker/daemon.json'), JSON.stringify(settings));
  await host.exec(['systemctl', 'restart', 'docker']);
}

describe('the gate for "runs"', () => {
  let slow: Awaited<ReturnType<typeof slowGates>>;
  beforeAll(async () => {
    slow = await slowGates(host);
  });
  afterAll(() => slow.restore());

  it.each([
    ['always', '3', 3],
    ['always', '0', 1],
    ['on-failure', '3', 3],
  ] as const)('fails with Restart=%s and exit status %s', async (restart, status, gate) => {
    await units.place({ name: 'web', spec: { command: ['sh', '-c', `exit ${status}`], restart } });
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    const lines = (await units.journal('ctr-web')).join('\n');
    expect(lines).toContain(`gear: web: ended at once with status ${status}`);
    expect(lines).toContain(`Control process exited, code=exited, status=${String(gate)}`);
  });

  it('passes for a process that ends well and is not to be restarted', async () => {
    const [web] = await units.place({ name: 'web', spec: { command: ['true'], restart: 'no' } });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await units.reaches('ctr-web', 'inactive');
    expect(await units.payloadPid(web)).toBe('0');
  });

  it('stops what it was told to stop while dockerd was still starting it', async () => {
    const [web] = await units.place({ name: 'web' });
    const substate = (wanted: string) =>
      host.waitFor(['sh', '-c', `test "$(systemctl show --property=SubState --value ctr-web)" = ${wanted}`]);
    await host.exec(['pkill', '-STOP', '--exact', 'containerd']);
    try {
      await host.exec(['systemctl', 'start', '--no-block', 'ctr-web']);
      await substate('start-post');
      // dockerd answers nothing about a container that it is starting; one that is merely slow does within seconds.
      await host.waitFor([
        'sh',
        '-c',
        `! timeout 5 docker container inspect ${containerName(web)} >/dev/null`,
      ]);
      await host.exec(['systemctl', 'stop', '--no-block', 'ctr-web']);
      await substate('stop-sigterm');
    } finally {
      await host.exec(['pkill', '-CONT', '--exact', 'containerd']);
    }
    await units.reaches('ctr-web', 'inactive');
    expect(await units.payloadPid(web)).toBe('0');
  });

  it('passes where Docker keeps its data elsewhere', async () => {
    await configureDocker({ 'data-root': '/var/lib/docker/elsewhere' });
    const moved = await UnitHost.prepare(host, { engine: 'docker' });
    await moved.place({ name: 'web' });
    expect(await moved.start('ctr-web')).toMatchObject({ code: 0 });
    await moved.place({ name: 'web', spec: { command: ['sh', '-c', 'exit 3'] } });
    await host.exec(['systemctl', 'stop', 'ctr-web']);
    expect(await moved.start('ctr-web')).toMatchObject({ code: 1 });
    await moved.clean();
    await configureDocker({});
  });
});

describe('the kept container', () => {
  it('keeps its process when the client is killed', async () => {
    const [web, pid] = await started({ name: 'web' });
    const client = await units.show('ctr-web', 'MainPID');
    await host.exec(['kill', '-KILL', client]);
    await units.reaches('ctr-web', 'activating');
    await units.reaches('ctr-web', 'active');
    expect(await units.show('ctr-web', 'MainPID')).not.toBe(client);
    expect(await units.payloadPid(web)).toBe(pid);
  });

  it('is the same container, with its own files, after a stop and a start', async () => {
    const [web] = await started({ name: 'web' });
    const id = ['docker', 'inspect', '--format', '{{.Id}}', containerName(web)];
    const before = (await host.exec(id)).stdout;
    await host.exec(['docker', 'exec', containerName(web), 'touch', '/tmp/mark']);
    await host.exec(['systemctl', 'restart', 'ctr-web']);
    expect((await host.exec(id)).stdout).toBe(before);
    await host.exec(['docker', 'exec', containerName(web), 'test', '-e', '/tmp/mark']);
  });

  it('is stopped in its old form when the text is already the new one, and kept', async () => {
    const [old, oldPid] = await started({ name: 'web' });
    const [next] = await units.place({ name: 'web', spec: { command: untilStopped('echo new') } });
    expect(await units.payloadPid(old)).toBe(oldPid);
    await host.exec(['systemctl', 'restart', 'ctr-web']);
    expect(await units.payloadPid(old)).toBe('0');
    expect(await units.payloadPid(next)).toMatch(/^[1-9]/);
  });

  it('is made again after a prune while it was stopped', async () => {
    const [web] = await started({
      name: 'web',
      ownedVolumes: [{ name: 'web_data', target: '/data' }],
      environment: { A: 'kept "exactly"', PATH: '/bin:/also' },
    });
    await host.exec(['docker', 'run', '--detach', '--name', 'other', units.imageId]);
    await host.exec(['systemctl', 'stop', 'ctr-web']);
    await host.exec(['docker', 'system', 'prune', '--all', '--force']);
    await host.exec(['docker', 'volume', 'rm', 'web_data']);
    expect(await units.payloadPid(web)).toBe('');
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    const seen = await units.payloadEnvironment(web);
    expect([seen.get('A'), seen.get('PATH')]).toEqual(['kept "exactly"', '/bin:/also']);
    const { stdout } = await host.exec([
      'docker',
      'volume',
      'inspect',
      '--format',
      '{{json .Labels}}',
      'web_data',
    ]);
    expect(JSON.parse(stdout)).toEqual({ 'gear.owner': 'web', 'gear.name': 'web' });
  });
});

describe('an image that is gone', () => {
  beforeEach(async () => {
    units = await UnitHost.prepare(host, { engine: 'docker' });
  });

  it('fails the start with what to type where it came from no registry', async () => {
    await units.place({ name: 'web' });
    await host.exec(['docker', 'system', 'prune', '--all', '--force']);
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    expect((await units.journal('ctr-web')).join('\n')).toContain('type: gear start web');
  });

  it('is pulled by its digest', async () => {
    await host.sh(`
      printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: /srv/registry}}\nhttp: {addr: "localhost:5000"}\n' >/srv/registry.yml
      systemd-run --quiet --unit registry docker-registry serve /srv/registry.yml
      until curl -fs localhost:5000/v2/ >/dev/null; do sleep 0.1; done
      docker tag ${units.imageId} localhost:5000/box:1; docker push -q localhost:5000/box:1`);
    const format = ['--format', '{{index .RepoDigests 0}}'];
    const digest = (
      await host.exec(['docker', 'image', 'inspect', ...format, 'localhost:5000/box:1'])
    ).stdout.trim();
    const [web] = await units.place({
      name: 'web',
      image: { reference: 'localhost:5000/box:1', id: units.imageId, digest },
    });
    await host.exec(['docker', 'system', 'prune', '--all', '--force']);
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    expect(await units.payloadPid(web)).toMatch(/^[1-9]/);
    await host.exec(['systemctl', 'stop', 'registry']);
  });
});

describe('dockerd', () => {
  it('brings the container back after its restart', async () => {
    const [web, pid] = await started({ name: 'web' });
    await host.exec(['systemctl', 'enable', 'ctr-web']);
    await host.exec(['systemctl', 'restart', 'docker']);
    await units.comesBack(web, pid);
    await host.exec(['systemctl', 'disable', 'ctr-web']);
  });

  it('brings the container back after it was killed', async () => {
    const [web, pid] = await started({ name: 'web' });
    await host.sh('kill -KILL $(systemctl show --property MainPID --value docker)');
    await units.comesBack(web, pid);
  });

  it('leaves the process of the container alone with live-restore', async () => {
    await configureDocker({ 'live-restore': true });
    const live = await UnitHost.prepare(host, { engine: 'docker', liveRestore: true });
    const [web] = await live.place({ name: 'web' });
    expect(await live.start('ctr-web')).toMatchObject({ code: 0 });
    const pid = await live.payloadPid(web);
    const client = await live.show('ctr-web', 'MainPID');
    await host.exec(['systemctl', 'restart', 'docker']);
    await host.waitFor([
      'sh',
      '-c',
      `systemctl is-active ctr-web && ! systemctl show -p MainPID ctr-web | grep =${client}`,
    ]);
    expect(await live.payloadPid(web)).toBe(pid);
    await live.clean();
    await configureDocker({});
  });
});
