import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../lab/command.ts';
import { type ImageSpec } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { stacks, stacksFolder, unitsOfStack } from '../support/stacks.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Serves on the ports of what it stands in for, whatever it is told to run, and passes each of their checks. */
const standIn = (tag: string): ImageSpec => ({
  tag,
  entrypoint: ['/bin/stand-in'],
  command: [],
  files: {
    '/bin/stand-in': `#!/bin/sh
trap 'exit 0' TERM INT
for port in 80 3000; do httpd -p $port -h /www; done
sleep 2147483647 &
wait
`,
    '/www/index.html': 'stand-in\n',
    ...Object.fromEntries(
      ['curl', 'healthcheck.sh', 'pg_isready', 'redis-cli'].map((name) => [
        `/bin/${name}`,
        '#!/bin/sh\nexit 0\n',
      ]),
    ),
  },
});

/** One of each format, and the voting app; with the ports that they publish. */
const applied = {
  'wordpress-and-mariadb': [8080],
  'voting-app': [5000, 5001],
  'kube-a-sidecar-that-ships-logs': [],
  'quadlet-forgejo-with-postgres': [3004],
  'geard-parks-map': [14000],
} as const;
const images = [
  ...['wordpress:6', 'mariadb:11', 'redis:alpine', 'postgres:15-alpine', 'busybox:1'],
  ...['vote', 'result', 'worker'].map((name) => `docker.io/dockersamples/examplevotingapp_${name}:latest`),
  ...['postgres:16', 'codeberg.org/forgejo/forgejo:7', 'parks-map-app:latest'],
  ...['centos-haproxy-simple-balancer', 'centos-mongodb'].map((name) => `docker.io/openshift/${name}:latest`),
];

describe('stacks as people run them, with images that stand in', () => {
  let on: GearHost;
  const folders = Object.keys(applied).map((stack) => `/opt/stacks/${stack}`);

  beforeAll(async () => {
    on = await gearHost('trixie');
    const staged = path.join(on.host.root, 'opt/stacks');
    await run(['mkdir', '-p', staged]);
    for (const stack of Object.keys(applied)) await run(['cp', '-r', path.join(stacksFolder, stack), staged]);
    await on.host.sh('mkdir -p /srv/pg');
    await on.host.exec(['/opt/gear/bin/run.cjs', 'secret', 'set', 'forgejo-db'], { input: 'secret' });
  });
  afterAll(async () => {
    await on.clear();
    await on.ok('secret', 'rm', 'forgejo-db');
    for (const engine of engines) await on.host.exec([engine, 'rmi', '--force', ...images], { check: false });
    await on.host.sh('rm -rf /opt/stacks /srv/pg');
  });

  test.each(engines)('five are applied with %s, serve, and leave nothing to do', async (engine) => {
    await loadImages(on.host, engine, images.map(standIn));
    await on.ok('apply', ...folders, '--engine', engine, '--yes');
    for (const port of Object.values(applied).flat()) await on.serves(port, 'stand-in');
    const rows = await on.list();
    expect(rows.filter(({ name }) => name.startsWith('deployment.'))).toHaveLength(5);
    expect(rows.filter(({ active }) => active !== 'active')).toEqual([]);
    expect(await on.gear(['plan', ...folders, '--engine', engine])).toMatchObject({ code: 0 });
    await on.clear();
  });
});

describe.each([
  ['bookworm', 252],
  ['trixie', 257],
] as const)('on %s', (name, systemdVersion) => {
  test('systemd-analyze verify has nothing to say of the units of any stack', async () => {
    const { host } = await gearHost(name);
    expect(await host.sh('systemctl --version | head -n 1')).toContain(`systemd ${String(systemdVersion)}`);
    for (const engine of engines) {
      const folder = `/run/stacks-${engine}`;
      const units = (
        await Promise.all(stacks.map((stack) => unitsOfStack(stack, engine, systemdVersion)))
      ).flat();
      // As a file of shell, since the texts of all units together are one input.
      const script = units.map(
        (unit) => `cat >${folder}/${unit.name} <<'END OF UNIT'\n${unit.text ?? ''}\nEND OF UNIT`,
      );
      await host.sh([`mkdir -p ${folder}`, ...script].join('\n'));
      const verified = await host.exec(
        ['sh', '-c', `SYSTEMD_UNIT_PATH=${folder}: systemd-analyze verify --man=no ${folder}/*`],
        { check: false },
      );
      expect(verified).toMatchObject({ code: 0, stdout: '', stderr: '' });
      await host.sh(`rm -r ${folder}`);
    }
  });
});
