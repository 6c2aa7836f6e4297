import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { containerName } from '../../../src/core/model/container-name.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import type { AppNetwork } from '../../../src/core/model/network.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { unitName } from '../../../src/core/model/unit-names.ts';
import type { Host } from '../../lab/host.ts';
import { Lab } from '../../lab/lab.ts';
import { until } from '../../lab/until.ts';
import { UnitHost } from './unit-host.ts';
import { patienceMs } from '../../lab/patience.ts';

let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await Lab.up({ name: `units-app-${String(process.pid)}`, hosts: [{ name: 'h1' }] });
  host = lab.host('h1');
});

afterAll(() => lab.down());

/** Answers everybody. */
const answers = [
  ...['sh', '-c', 'trap "exit 143" TERM; while :; do echo heard | nc -l -p 7000; done & wait'],
];

const secretValue = 'correct horse battery';

describe.each(['docker', 'podman'] as const)('with %s', (engine) => {
  let units: UnitHost;

  beforeAll(async () => {
    units = await UnitHost.prepare(host, { engine });
  });
  afterEach(() => units.clean());

  const inside = async (instance: Instance, ...command: readonly string[]) =>
    (await host.exec([engine, 'exec', containerName(instance), ...command], { check: false })).stdout.trim();

  const keep = (file: string, content: string, mode: number) =>
    writeFile(join(host.root, paths.files, file), content, { mode });

  it('a job that fails holds what comes after it, and its success lets that go', async () => {
    const mounts = [{ kind: 'bind', source: '/srv/job', target: '/srv', options: [] }] as const;
    await mkdir(join(host.root, 'srv/job'), { recursive: true });
    const command = ['sh', '-c', 'echo worked; test -e /srv/good || exit 3'];
    await units.place(
      { name: 'migrate', spec: { job: true, command, mounts, restart: 'no' } },
      { name: 'web', spec: { after: ['migrate'], restart: 'no' } },
    );
    expect(await units.start('ctr-migrate')).toMatchObject({ code: 1 });
    expect(await units.show('ctr-migrate', 'ExecMainStatus')).toBe('3');
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    expect((await units.journal('ctr-web')).join('\n')).toContain('waits for ctr-migrate.service');

    await host.sh('touch /srv/job/good');
    expect(await units.start('ctr-migrate')).toMatchObject({ code: 0 });
    expect(await units.show('ctr-migrate', 'ActiveState')).toBe('active');
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    expect((await units.journal('ctr-migrate')).filter((line) => line === 'worked')).toHaveLength(2);
    await host.sh('rm -r /srv/job');
  });

  it('a job that is stopped while it works leaves nothing running', async () => {
    const command = ['sh', '-c', 'echo works; sleep 1000'];
    const [job] = await units.place({ name: 'long', spec: { job: true, command, restart: 'no' } });
    await host.exec(['systemctl', 'start', '--no-block', 'ctr-long']);
    await host.waitFor(['sh', '-c', `${engine} ps --quiet --filter label=gear.name=long | grep .`]);
    await host.exec(['systemctl', 'stop', 'ctr-long']);
    expect(['', '0']).toContain(await units.payloadPid(job));
  });

  it('a timer runs the container, each time to its end', async () => {
    await units.place({
      name: 'backup',
      spec: { schedule: '*:*:*', command: ['echo', 'saved'], restart: 'no' },
    });
    expect(await units.start('ctr-backup.timer')).toMatchObject({ code: 0 });
    await host.waitFor(['sh', '-c', 'journalctl --unit ctr-backup --output cat | grep -x saved']);
    await host.exec(['systemctl', 'stop', 'ctr-backup.timer']);
    await units.reaches('ctr-backup', 'inactive');
    expect(await units.show('ctr-backup', 'Result')).toBe('success');
  });

  it('containers reach each other by name, also after their network was removed, and after a reboot', async () => {
    const network = (name: string, subnet: string): AppNetwork => {
      return { app: 'shop', engine, name, spec: { subnet } };
    };
    const second = engine === 'docker' ? 3 : 4;
    const own = [
      network('shop_default', `10.213.${String(second)}.0/24`),
      network('shop_back', `10.213.${String(second + 10)}.0/24`),
    ];
    const uses = (...aliases: string[]) => own.map(({ name }) => ({ name, aliases }));
    const placed = await units.placeWith(
      own,
      { name: 'shop.db', spec: { command: answers, networks: uses('db', 'db-1') } },
      { name: 'shop.web', spec: { command: answers, networks: uses('web') } },
    );
    const [, web] = placed;
    const names = placed.map(({ name }) => unitName(name));
    const hears = (name: string) => inside(web, 'nc', '-w', '5', name, '7000');
    expect(await units.start(...names)).toMatchObject({ code: 0 });
    expect([await hears('db'), await hears('db-1'), await hears('web')]).toEqual(['heard', 'heard', 'heard']);

    await host.exec(['systemctl', 'stop', ...names]);
    const first = web.spec.networks?.[0]?.name ?? '';
    await host.exec([engine, 'network', 'rm', first, 'shop_back']);
    expect(await units.start(...names)).toMatchObject({ code: 0 });
    expect(await hears('db')).toBe('heard');
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}';
    const addresses = await host.exec([engine, 'inspect', '--format', format, containerName(web)]);
    expect(addresses.stdout.trim().split(' ')).toHaveLength(2);

    await host.exec(['systemctl', 'enable', ...names]);
    await host.reboot();
    await units.comesBack(web, '');
    expect(await hears('db')).toBe('heard');
    await host.exec(['systemctl', 'disable', ...names]);
  });

  it.each([false, true])(
    'a config file and a secret (encrypted: %s) arrive for a user that is not root, and the secret nowhere else',
    async (encrypted) => {
      await keep('c0.data', 'greeting = hello\n', 0o600);
      await keep('5ec.secret', secretValue, 0o600);
      if (encrypted)
        await host.sh(`systemd-creds encrypt --name=pg ${paths.files}/5ec.secret /run/pg
          install -m 0600 /run/pg ${paths.files}/5ec.secret`);
      const target = '/etc/app.conf';
      const [web] = await units.place({
        name: 'web',
        files: [{ target, mode: 0o644, hash: 'c0' }],
        secrets: [{ name: 'pg', file: 'password', mode: 0o444, hash: '5ec', encrypted }],
        spec: { user: '1000:1000' },
      });
      // As gear does: before there is anything to mount.
      if (engine === 'docker') await units.create(web);
      expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
      expect(await inside(web, 'cat', target)).toBe('greeting = hello');
      expect(await inside(web, 'cat', '/run/secrets/password')).toBe(secretValue);
      expect(await inside(web, 'sh', '-c', 'echo x >>/run/secrets/password; echo x >>/etc/app.conf')).toBe(
        '',
      );
      expect(await inside(web, 'cat', '/run/secrets/password', target)).not.toContain('x');
      expect(await host.sh('stat -c "%a %U" /run/gear/files /run/gear/files/web')).toBe('700 root\n755 root');

      const told = await host.sh(`${engine} inspect ${containerName(web)}; systemctl show ctr-web
        cat /etc/systemd/system/ctr-web.service; cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'
        journalctl --no-pager --unit ctr-web`);
      expect(told).not.toContain(secretValue);
      await host.exec(['systemctl', 'stop', 'ctr-web']);
      expect(await host.sh('find /run/gear/files/web/secrets -type f')).toBe('');
    },
  );

  it.each([
    ['signal', { kind: 'signal', signal: 'HUP' }],
    ['command', { kind: 'exec', command: ['kill', '-HUP', '1'] }],
  ] as const)('a reload by %s shows changed content to the process that runs', async (_, reload) => {
    await keep('c1.data', 'one\n', 0o600);
    await keep('c2.data', 'two\n', 0o600);
    const command = [
      'sh',
      '-c',
      'trap "cat /etc/app.conf" HUP; trap "exit 143" TERM; while :; do sleep 0.2; done',
    ];
    const wanted = (hash: string) =>
      ({
        name: 'web',
        files: [{ target: '/etc/app.conf', mode: 0o444, hash }],
        spec: { reload, command },
      }) as const;
    const [web] = await units.place(wanted('c1'));
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    const before = await units.payloadPid(web);
    await units.placeAs(web.hash, wanted('c2'));
    await host.exec(['systemctl', 'reload', 'ctr-web']);
    const told = async () => ((await units.journal('ctr-web')).includes('two') ? true : undefined);
    await until('the new content', told, { timeoutMs: patienceMs });
    expect(await units.payloadPid(web)).toBe(before);
  });

  it('init steps run before each start, with what the container has, and their failure holds it', async () => {
    const mounts = [{ kind: 'volume', source: 'web_data', target: '/data', options: [] }] as const;
    const image = { reference: 'lab/box', id: units.imageId, digest: null };
    const step = { image: 'lab/box', command: ['sh', '-c', 'echo "$MARK" >>/data/log; test ! -e /data/bad'] };
    const [web] = await units.place({
      name: 'web',
      environment: { MARK: 'a "b"' },
      initImages: [image],
      spec: { mounts, init: [step], restart: 'no' },
    });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await host.exec(['systemctl', 'restart', 'ctr-web']);
    expect(await inside(web, 'cat', '/data/log')).toBe('a "b"\na "b"');
    await inside(web, 'touch', '/data/bad');
    await host.exec(['systemctl', 'stop', 'ctr-web']);
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    expect((await units.journal('ctr-web')).join('\n')).toContain('the init step 1 ended with status 1');
    expect(await host.sh(`${engine} ps --all --quiet --filter label=gear.init=true`)).toBe('');
    await units.clean();
    await host.exec([engine, 'volume', 'rm', 'web_data']);
  });
});
