import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { until } from '../lab/until.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { Watching } from './support/watching.ts';

const port = { docker: 8121, podman: 8122 } as const;
const patience = 90_000;

describe.each(engines)('what changes on a host under gear watch, with %s', (engine) => {
  let on: GearHost;
  let watching: Watching;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), sleepImage()]);
    watching = new Watching(on, `/root/true-${engine}`);
    await watching.start();
    await watching.write(
      'site.yaml',
      `name: site\nengine: ${engine}\ncontainers:\n  web: {image: "web:1", ports: ["${String(port[engine])}:8080"]}\n  db: {image: "sleep:1"}\n`,
    );
    await watching.tells({ type: 'applied', app: 'site' }, patience);
  });
  afterAll(async () => {
    await watching.stop();
    await on.host.sh('rm -rf /root/true-* /etc/systemd/system/ctr-site.*.d; systemctl daemon-reload');
    await on.clear();
  });

  test('a removed container is made again', async () => {
    await on.host.sh(`${engine} rm --force $(${engine} ps --quiet --filter label=gear.name=site.web)`);
    await on.serves(port[engine], 'web 1', patience);
    await on.becomes('site.web', 'active', patience);
  });

  test('a unit file that somebody edits is written anew', async () => {
    const file = '/etc/gear/current/units/ctr-site.db.service';
    const before = await on.host.sh(`cat ${file}`);
    await on.host.sh(`sed -i 's/^\\[Service\\]/&\\nNice=5/' ${file}`);
    await until(
      'it reads as before',
      async () => ((await on.host.sh(`cat ${file}`)) === before ? true : undefined),
      { timeoutMs: patience, pauseMs: 200 },
    );
  });

  test('a disabled unit starts on boot again', async () => {
    await on.host.sh('systemctl disable ctr-site.web.service');
    await until('it is enabled', async () => ((await on.status('site.web')).enabled ? true : undefined), {
      timeoutMs: patience,
      pauseMs: 200,
    });
    await on.serves(port[engine], 'web 1');
  });

  test('what a person stopped or masked stays so, and a drop-in stays', async () => {
    await on.host.sh(`
      systemctl stop ctr-site.db.service
      mkdir -p /etc/systemd/system/ctr-site.web.service.d
      printf '[Service]\\nNice=1\\n' >/etc/systemd/system/ctr-site.web.service.d/mine.conf
      systemctl daemon-reload`);
    await watching.tellsOf('site.db', 'somebody stopped ctr-site.db.service', patience);
    await watching.tellsOf('site.web', "somebody's drop-in changes it", patience);
    // Something else is mended meanwhile, and this is not.
    await on.host.sh('systemctl disable ctr-site.web.service');
    await until('it is enabled', async () => ((await on.status('site.web')).enabled ? true : undefined), {
      timeoutMs: patience,
      pauseMs: 200,
    });
    expect(await on.activeState('site.db')).toBe('inactive');
    await on.serves(port[engine], 'web 1', patience);
    expect(await on.host.sh('ls /etc/systemd/system/ctr-site.web.service.d')).toBe('mine.conf');
    const link = '/etc/systemd/system/ctr-site.db.service';
    await on.host.sh(`ln -sfn /dev/null ${link}; systemctl daemon-reload`);
    await watching.tellsOf('site.db', 'its unit is masked', patience);
    expect(await on.host.sh(`readlink ${link}`)).toBe('/dev/null');
    await on.host.sh(`ln -sfn /etc/gear/current/units/ctr-site.db.service ${link}; systemctl daemon-reload`);
    await on.ok('start', 'site.db');
  });

  test('a removed network is made again', async () => {
    const force = engine === 'podman' ? '--force' : '';
    await on.host.sh(`
      for id in $(${engine} ps --quiet --filter label=gear.owner=site); do ${engine} network disconnect --force site_default $id; done
      ${engine} network rm ${force} site_default`);
    await until(
      'the network is there',
      async () => {
        const names = await on.host.sh(`${engine} network ls --format '{{.Name}}'`);
        return names.split('\n').includes('site_default') ? true : undefined;
      },
      { timeoutMs: patience, pauseMs: 200 },
    );
    await on.serves(port[engine], 'web 1', patience);
  });

  test('a container whose health check fails is restarted', async () => {
    await watching.write(
      'sick.yaml',
      `name: sick\nengine: ${engine}\ncontainers:\n  s: {image: "sleep:1", health: {cmd: [test, "!", -e, /tmp/sick], interval: 1s, retries: 1}}\n`,
    );
    await watching.tells({ type: 'applied', app: 'sick' }, patience);
    const pid = await on.payloadPid(engine, 'sick.s');
    await on.inside(engine, 'sick.s', 'touch', '/tmp/sick');
    await watching.tells({ type: 'unhealthy', instance: 'sick.s', restartInMs: 0 }, patience);
    await on.restarted(engine, 'sick.s', pid, patience);
  });

  test('a restart of the engine and of systemd is no drift, and what comes after is heard', async () => {
    await on.host.sh(engine === 'docker' ? 'systemctl restart docker.service' : 'systemctl daemon-reexec');
    await on.serves(port[engine], 'web 1', patience);
    const told = await watching.told();
    expect(told.filter(({ drift }) => JSON.stringify(drift ?? '').includes('stopped ctr-site.web'))).toEqual(
      [],
    );
    await on.host.sh('systemctl disable ctr-site.db.service');
    await until('it is enabled', async () => ((await on.status('site.db')).enabled ? true : undefined), {
      timeoutMs: patience,
      pauseMs: 200,
    });
  });
});
