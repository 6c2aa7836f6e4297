import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { image, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const ledger = image({
  tag: 'ledger:1',
  command: [
    'sh',
    '-c',
    'httpd -p 8080 -h /www; n=$(tail -n 1 /data/log 2>/dev/null || echo 0); while :; do n=$((n + 1)); echo $n >>/data/log; usleep 5000; done',
  ],
  files: { '/www/index.html': 'here\n' },
});

describe('adoption of what other tools made units of', () => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    for (const engine of engines) await loadImages(on.host, engine, [ledger, webImage('1')]);
  });
  afterAll(() => on.clear());

  const write = (path: string, text: string) =>
    on.host.exec(['sh', '-c', `mkdir -p $(dirname ${path}) && cat >${path}`], { input: text });
  const checksum = (folder: string): Promise<string> => on.host.sh(`cd ${folder} && sha256sum kept`);

  describe('a folder of Quadlet files', () => {
    const folder = '/etc/containers/systemd';
    afterEach(async () => {
      await on.clear();
      await on.host.sh(`
        rm -rf ${folder}/*.container* ${folder}/*.network ${folder}/*.volume /etc/gear/quadlet /etc/gear/adopted-networks/*
        systemctl daemon-reload
        podman volume rm --force systemd-data || true
        podman network rm --force systemd-inner || true`);
    });

    async function start(): Promise<string> {
      await write(`${folder}/inner.network`, '[Network]\n');
      await write(`${folder}/data.volume`, '[Volume]\n');
      await write(
        `${folder}/db.container`,
        '[Container]\nImage=docker.io/library/ledger:1\nNetwork=inner.network\nVolume=data.volume:/data\nPublishPort=8471:8080\n\n[Install]\nWantedBy=multi-user.target\n',
      );
      await write(
        `${folder}/web.container`,
        '[Unit]\nRequires=db.service\nAfter=db.service\n\n[Container]\nImage=docker.io/library/web:1\nNetwork=inner.network\nPublishPort=8472:8080\n',
      );
      await write(`${folder}/web.container.d/env.conf`, '[Container]\nEnvironment=A=1\n');
      await on.host.sh('systemctl daemon-reload; systemctl start web.service');
      await on.serves(8471, 'here');
      await on.serves(8472, 'web 1');
      const data = await on.host.sh("podman volume inspect --format '{{.Mountpoint}}' systemd-data");
      await on.host.sh(`seq 1 50000 >${data}/kept`);
      return data;
    }

    test('is told first, restarts, keeps every byte, and Quadlet generates nothing any more', async () => {
      const data = await start();
      const kept = await checksum(data);
      const args = ['adopt', '--quadlet', folder, '--name', 'house'];
      const told = await on.fails(2, ...args);
      expect(told).toContain('db.service is disabled');
      expect(told).toContain('it is stopped and started again');
      expect(told).toContain('/etc/gear/quadlet/house');
      await on.ok(...args, '--yes');
      await on.serves(8471, 'here');
      await on.serves(8472, 'web 1');
      expect(await checksum(data)).toBe(kept);
      expect(await on.host.sh(`awk '$1 != NR { bad++ } END { print bad + 0 }' ${data}/log`)).toBe('0');
      expect(await on.variable('podman', 'house.web', 'A')).toBe('1');
      expect(await on.host.sh(`find ${folder} -type f`)).toBe('');
      expect(await on.host.sh('ls /run/systemd/generator | grep -cE "^(db|web|data|inner)" || true')).toBe(
        '0',
      );
      expect(await on.property('db.service', 'ActiveState')).toBe('inactive');
      // The files are its source from now on, and nothing is left to do.
      expect(await on.gear(['plan', '/etc/gear/quadlet/house', '--engine', 'podman'])).toMatchObject({
        code: 0,
      });
    });

    test('that does not come through is run by Quadlet as before', async () => {
      const data = await start();
      const kept = await checksum(data);
      const unit = '/etc/systemd/system/ctr-house.db.service';
      await write(unit, '[Service]\nExecStart=/bin/true\n');
      const told = await on.fails(4, 'adopt', '--quadlet', folder, '--name', 'house', '--yes');
      expect(told).toContain('ctr-house.db.service');
      await on.host.sh(`rm ${unit}; systemctl daemon-reload`);
      await on.serves(8471, 'here');
      await on.serves(8472, 'web 1');
      expect(await checksum(data)).toBe(kept);
      await on.host.sh('systemctl stop web.service db.service');
      expect(await on.fails(1, 'adopt', '--quadlet', folder, '--name', 'house', '--yes')).toContain(
        `gear apply ${folder}`,
      );
    });
  });

  describe('a job of Quadlet with a timer of systemd', () => {
    const folder = '/etc/containers/systemd';
    const timer = '/etc/systemd/system/nightly.timer';
    afterEach(async () => {
      await on.clear();
      await on.host.sh(`
        systemctl disable --now nightly.timer || true
        rm -rf ${folder}/backup.* ${timer} /etc/gear/quadlet
        systemctl daemon-reload`);
    });

    test('has its times from gear, and the timer calls nothing any more', async () => {
      await write(
        `${folder}/backup.container`,
        '[Container]\nImage=docker.io/library/web:1\nExec=/bin/true\n[Service]\nType=oneshot\n',
      );
      await write(
        timer,
        '[Timer]\nOnCalendar=*-*-* 03:00\nPersistent=true\nUnit=backup.service\n[Install]\nWantedBy=timers.target\n',
      );
      await on.host.sh('systemctl daemon-reload; systemctl enable --now nightly.timer');
      const args = ['adopt', '--quadlet', folder, '--name', 'house', '--yes'];
      // Without its times it would run at boot.
      const refused = await on.fails(4, ...args);
      expect(refused).toContain('nightly.timer starts backup.service at its times');
      const copy = /cp .* \S+backup\.timer/.exec(refused)?.[0] ?? '';
      expect(copy).toBe(`cp ${timer} ${folder}/backup.timer`);
      await on.host.sh(copy);
      const told = await on.fails(2, ...args.slice(0, -1));
      expect(told).toContain('nightly.timer is stopped and disabled');
      await on.ok(...args);
      expect(await on.property('nightly.timer', 'ActiveState')).toBe('inactive');
      expect(await on.property('nightly.timer', 'UnitFileState')).toBe('disabled');
      expect(await on.property('ctr-house.backup.timer', 'ActiveState')).toBe('active');
      expect(await on.property('backup.service', 'LoadState')).toBe('not-found');
      expect(await on.host.sh(`find ${folder} -type f`)).toBe('');
      // The times have moved with the files.
      expect(await on.gear(['plan', '/etc/gear/quadlet/house', '--engine', 'podman'])).toMatchObject({
        code: 0,
      });
    });
  });

  describe('units that geard left', () => {
    const file = '/var/lib/containers/units/le/ctr-ledger.service';
    afterEach(async () => {
      await on.clear();
      await on.host.sh(`
        docker rm --force --volumes ledger ledger-data || true
        rm -rf /var/lib/containers/units /etc/systemd/system/container.target.wants
        rm -f /etc/systemd/system/ctr-ledger.service /etc/systemd/system/ctr-idle.service
        systemctl daemon-reload`);
    });

    test('become those of gear, and their containers go on', async () => {
      // As geard's template SIMPLE makes it: a client in the foreground, and a data container beside it.
      await write(
        file,
        `[Unit]
Description=Container ledger

[Service]
Type=simple
TimeoutStartSec=5m
ExecStartPre=/bin/sh -c '/usr/bin/docker inspect ledger-data >/dev/null 2>&1 || exec /usr/bin/docker run --name ledger-data -v /data --entrypoint /bin/true ledger:1'
ExecStartPre=-/usr/bin/docker rm ledger
ExecStart=/usr/bin/docker run --rm --name ledger --volumes-from ledger-data -a stdout -a stderr -p 8473:8080 ledger:1
ExecReload=-/usr/bin/docker stop ledger
ExecReload=-/usr/bin/docker rm ledger
ExecStop=-/usr/bin/docker stop ledger

[Install]
WantedBy=container.target

X-ContainerId=ledger
X-ContainerImage=ledger:1
X-ContainerUserId=
X-ContainerRequestId=8FIbA3wJQGWzkXbMF5Mz8Q
X-ContainerType=simple
X-PortMapping=8080:8473
`,
      );
      await write(
        '/etc/systemd/system/ctr-idle.service',
        `[Install]\nX-ContainerId=idle\nX-ContainerType=simple\n`,
      );
      await on.host.sh(`systemctl enable ${file}; systemctl start ctr-ledger.service`);
      await on.serves(8473, 'here');
      const pid = await on.host.sh("docker inspect --format '{{.State.Pid}}' ledger");
      const data = await on.host.sh(
        "docker inspect --format '{{range .Mounts}}{{.Source}}{{end}}' ledger-data",
      );
      await on.host.sh(`seq 1 50000 >${data}/kept`);
      const kept = await checksum(data);
      expect(await on.fails(2, 'adopt', '--geard')).toContain(
        'ctr-idle.service (it does not run) stays as it is',
      );
      await on.ok('adopt', '--geard', '--yes');
      expect(await on.payloadPidOf('ledger')).toBe(pid);
      await on.serves(8473, 'here');
      expect(await on.status('ledger')).toMatchObject({ problems: [], enabled: true });
      expect(await on.host.sh('ls /etc/systemd/system/container.target.wants')).toBe('');
      // A new form is gear's own, on the same data.
      await on.ok('set', 'ledger', 'B=2');
      await on.serves(8473, 'here');
      expect(await checksum(data)).toBe(kept);
      expect(await on.host.sh(`awk '$1 != NR { bad++ } END { print bad + 0 }' ${data}/log`)).toBe('0');
      expect(await on.fails(1, 'adopt', '--geard', '--yes')).toContain('ctr-idle.service (it does not run)');
    });
  });
});
