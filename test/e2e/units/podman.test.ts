import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Lab } from '../../lab/lab.ts';
import { slowGates } from '../../lab/slow-gates.ts';
import { UnitHost, untilStopped } from './unit-host.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.up({
    name: `units-podman-${String(process.pid)}`,
    hosts: [{ name: 'trixie' }, { name: 'bookworm', suite: 'bookworm' }],
  });
});

afterAll(() => lab.down());

describe.each(['trixie', 'bookworm'] as const)('Podman of %s', (suite) => {
  let units: UnitHost;

  beforeAll(async () => {
    units = await UnitHost.prepare(lab.host(suite), { engine: 'podman' });
  });
  afterEach(() => units.clean());

  it.each([
    ['always', '3', 3],
    ['always', '0', 1],
    ['on-failure', '3', 3],
  ] as const)('fails the start of what ends at once, with Restart=%s and exit status %s', async (...each) => {
    const [restart, status, gate] = each;
    const slow = await slowGates(units.host);
    await units.place({ name: 'web', spec: { command: ['sh', '-c', `exit ${status}`], restart } });
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    await slow.restore();
    const lines = (await units.journal('ctr-web')).join('\n');
    expect(lines).toContain(`gear: web: ended at once with status ${status}`);
    expect(lines).toContain(`Control process exited, code=exited, status=${String(gate)}`);
  });

  it('starts what ends well and is not to be restarted', async () => {
    await units.place({ name: 'web', spec: { command: ['true'], restart: 'no' } });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await units.reaches('ctr-web', 'inactive');
  });

  it('shows the check as it was meant, word by word', async () => {
    const times = { intervalMs: 5_000, timeoutMs: 1_500, retries: 4, startPeriodMs: 2_000 };
    const checked = (command: readonly string[]) => ({
      check: { command, ...times },
      spec: { health: { command } },
    });
    await units.place(
      { name: 'argv', ...checked(['test', '-e', "/it's here"]) },
      { name: 'line', ...checked(['/bin/sh', '-c', 'true && true']) },
    );
    expect(await units.start('ctr-argv', 'ctr-line')).toMatchObject({ code: 0 });
    const test = async (name: string) => {
      const format = ['--format', '{{json .Config.Healthcheck}}'];
      const { stdout } = await units.host.exec(['podman', 'container', 'inspect', ...format, name]);
      return JSON.parse(stdout) as unknown;
    };
    const common = { Interval: 5e9, Timeout: 1.5e9, StartPeriod: 2e9, Retries: 4 };
    expect(await test('ctr-argv')).toMatchObject({ Test: ['CMD', 'test', '-e', "/it's here"], ...common });
    expect(await test('ctr-line')).toMatchObject({ Test: ['CMD-SHELL', 'true && true'], ...common });
  });

  it('keeps the data of a volume of gear over the containers that it makes anew', async () => {
    const ownedVolumes = [{ name: 'web_data', target: '/data' }];
    await units.place({ name: 'web', ownedVolumes });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await units.host.exec(['podman', 'exec', 'ctr-web', 'touch', '/data/mark']);
    const labels = ['podman', 'volume', 'inspect', '--format', '{{json .Labels}}', 'web_data'];
    const { stdout } = await units.host.exec(labels);
    expect(JSON.parse(stdout)).toEqual({ 'gear.owner': 'web', 'gear.name': 'web' });

    await units.place({ name: 'web', ownedVolumes, spec: { command: untilStopped('echo new') } });
    await units.host.exec(['systemctl', 'restart', 'ctr-web']);
    await units.host.exec(['podman', 'exec', 'ctr-web', 'test', '-e', '/data/mark']);
    expect(await units.journal('ctr-web')).toContain('new');
  });

  it('brings the container back after its monitor was killed, and leaves one of it', async () => {
    const [web] = await units.place({ name: 'web' });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    const before = await units.payloadPid(web);
    await units.host.exec(['kill', '-KILL', await units.show('ctr-web', 'MainPID')]);
    await units.comesBack(web, before);
    expect((await units.host.exec(['kill', '-0', before], { check: false })).code).not.toBe(0);
  });

  it('starts after a prune while it was stopped: the image is pulled by its digest', async () => {
    const registry = '[[registry]]\\nlocation = "localhost:5000"\\ninsecure = true\\n';
    const settings = 'version: 0.1\\nstorage: {inmemory: {}}\\nhttp: {addr: "localhost:5000"}\\n';
    await units.host.sh(`
      printf '${registry}' >/etc/containers/registries.conf.d/lab.conf; printf '${settings}' >/srv/registry.yml
      systemd-run --quiet --unit registry docker-registry serve /srv/registry.yml
      until curl -fs localhost:5000/v2/ >/dev/null; do sleep 0.1; done
      podman push -q ${units.imageId.replace('sha256:', '')} localhost:5000/box:1 --digestfile /srv/digest`);
    const digest = `localhost:5000/box@${await units.host.sh('cat /srv/digest')}`;
    const image = { reference: 'localhost:5000/box:1', digest };
    const [web] = await units.place({ name: 'web', image: { ...image, id: units.imageId } });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await units.host.exec(['systemctl', 'stop', 'ctr-web']);
    await units.host.exec(['podman', 'system', 'prune', '--all', '--force']);
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    expect(await units.payloadPid(web)).toMatch(/^[1-9]/);
    expect((await units.journal('ctr-web')).join('\n')).toContain(`its image is gone, pulling ${digest}`);
  });
});
