import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { image, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Serves, and writes one line after the other into its volume, as a database would. */
const database = image({
  tag: 'database:1',
  command: [
    'sh',
    '-c',
    'httpd -p 8080 -h /www; n=$(tail -n 1 /data/log 2>/dev/null || echo 0); while :; do n=$((n + 1)); echo $n >>/data/log; sync; usleep 5000; done',
  ],
  volumes: ['/data'],
  files: { '/www/index.html': 'here\n' },
});

/** Asks again and again, 200 times at least, until it is told to stop, and then says how often, and how often in vain. */
const load = `
  rm -f /tmp/stop; good=0; bad=0
  while [ ! -e /tmp/stop ] || [ $((good + bad)) -lt 200 ]; do
    if curl -sf --max-time 2 http://127.0.0.1:8450/ >/dev/null; then good=$((good + 1)); else bad=$((bad + 1)); fi
  done
  echo "$good $bad" >/tmp/load`;

/** The status of a process that SIGKILL ended, as a shell tells it. */
const killedStatus = 137;
/** More effects than an adoption has. */
const enough = 40;

describe('adoption', () => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    for (const engine of engines) await loadImages(on.host, engine, [database, webImage('1')]);
  });
  afterEach(async () => {
    await on.clear();
    await on.host.sh(`
      docker ps --all --quiet | xargs --no-run-if-empty docker rm --force --volumes
      podman rm --force --ignore old; rm -f /etc/gear/adopted/*
      docker volume rm --force data; podman volume rm --force data`);
  });
  afterAll(() => on.clear());

  const pidOf = (container: string): Promise<string> =>
    on.host.sh(`docker inspect --format '{{.State.Pid}}' ${container}`);
  const run = (more: string): Promise<string> =>
    on.host.sh(`docker run --detach --name old --publish 8450:8080 ${more}`);

  /** The numbers that the database wrote: all from 1 on, none twice and none left out. */
  async function isWhole(engine: string): Promise<void> {
    const folder = await on.host.sh(`${engine} volume inspect --format '{{.Mountpoint}}' data`);
    const gaps = `awk '$1 != NR { bad++ } END { print bad + 0, NR }' ${folder}/log`;
    const [bad, written] = (await on.host.sh(gaps)).split(' ').map(Number);
    expect(bad).toBe(0);
    expect(written).toBeGreaterThan(10);
  }

  test('of a database of Docker under load loses no request and no byte: the same process goes on', async () => {
    await run('--restart always --env A=1 --label team=shop --volume data:/data database:1');
    await on.serves(8450, 'here');
    const pid = await pidOf('old');
    const asking = await on.host.spawn(['sh', '-c', load]);
    const adopted = await on.ok('adopt', 'old', '--name', 'db', '--yes', '--json');
    const [, called = ''] = /docker calls it (\S+) from now on/.exec(adopted.stdout) ?? [];
    expect(await on.host.sh(`docker inspect --format '{{.State.Pid}}' ${called}`)).toBe(pid);
    expect(await on.payloadPidOf('db')).toBe(pid);
    expect(await on.activeState('db')).toBe('active');
    await on.host.sh('touch /tmp/stop');
    await asking.exited;
    const [good, bad] = (await on.host.sh('cat /tmp/load')).split(' ').map(Number);
    expect(bad).toBe(0);
    expect(good).toBeGreaterThanOrEqual(200);
    await isWhole('docker');
    expect((await on.ok('env', 'show', 'db')).stdout).toBe('A=1\n');
    expect(await on.status('db')).toMatchObject({ problems: [], enabled: true });
  });

  test('what was adopted starts again by its unit, also when nothing of it is noted in /run', async () => {
    await run('--restart always --volume data:/data database:1');
    await on.ok('adopt', 'old', '--yes');
    await on.host.sh('rm -f /run/gear/ctr-old.*; systemctl restart ctr-old.service');
    await on.serves(8450, 'here');
    await isWhole('docker');
    // The next change makes it anew, with gear's labels, and the old container goes.
    await on.ok('set', 'old', 'B=2');
    await on.serves(8450, 'here');
    await isWhole('docker');
    expect(await on.host.sh("docker ps --all --quiet --filter name='ctr-old' | wc -l")).toBe('1');
    expect(await on.host.sh('docker ps --quiet --filter label=gear.name=old | wc -l')).toBe('1');
    expect(await on.host.sh('ls /etc/gear/adopted')).toBe('');
  });

  test('over a power loss and a boot its unit alone starts it, with its data', async () => {
    await run('--restart always --volume data:/data database:1');
    await on.ok('adopt', 'old', '--yes');
    await on.host.reboot();
    await on.becomes('old', 'active');
    await on.serves(8450, 'here');
    await isWhole('docker');
    expect(await on.host.sh("docker ps --all --quiet --filter name='old' | wc -l")).toBe('1');
    const id = await on.host.sh("docker ps --quiet --filter name='ctr-old'");
    const policy = '{{.HostConfig.RestartPolicy.Name}}';
    expect(await on.host.sh(`docker inspect --format '${policy}' ${id}`)).toBe('no');
    expect(await on.status('old')).toMatchObject({ problems: [], enabled: true });
  });

  test('release gives it back, with its name, its restart policy and its process', async () => {
    await run('--restart unless-stopped web:1');
    const pid = await pidOf('old');
    await on.ok('adopt', 'old', '--name', 'web', '--yes');
    await on.ok('release', 'web');
    expect(await pidOf('old')).toBe(pid);
    expect(await on.host.sh("docker inspect --format '{{.HostConfig.RestartPolicy.Name}}' old")).toBe(
      'unless-stopped',
    );
    expect(await on.list()).toEqual([]);
    expect(await on.host.sh("systemctl list-unit-files --no-legend 'ctr-web*' || true")).toBe('');
  });

  test('of what a hand-written unit runs stops and disables that unit, and not the container', async () => {
    await on.host.exec(['tee', '/etc/systemd/system/hand.service'], {
      input: `[Service]
ExecStart=/usr/bin/docker run --rm --name hand --publish 8451:8080 web:1
ExecStop=/usr/bin/docker stop hand
ExecStopPost=-/usr/bin/docker rm --force hand
Restart=always
[Install]
WantedBy=multi-user.target
`,
    });
    await on.host.sh('systemctl daemon-reload; systemctl enable --now hand.service');
    await on.serves(8451, 'web 1');
    const pid = await pidOf('hand');
    await on.ok('adopt', 'hand', '--unit', 'hand.service', '--yes');
    expect(await on.payloadPidOf('hand')).toBe(pid);
    expect(await on.property('hand.service', 'ActiveState')).not.toBe('active');
    expect(await on.property('hand.service', 'UnitFileState')).toBe('disabled');
    await on.serves(8451, 'web 1');
    // With --rm it is gone at its first stop, and the unit makes it anew.
    await on.ok('restart', 'hand');
    await on.serves(8451, 'web 1');
    await on.host.sh('rm /etc/systemd/system/hand.service; systemctl daemon-reload');
  });

  test('of what a unit runs that cannot be disabled is told, and leaves it one owner', async () => {
    await on.host.sh(
      'systemd-run --quiet --unit=passing /usr/bin/docker run --name hand --publish 8451:8080 web:1',
    );
    await on.serves(8451, 'web 1');
    const pid = await pidOf('hand');
    const told = await on.fails(1, 'adopt', 'hand', '--unit', 'passing.service', '--yes');
    expect(told).toContain('passing.service could not be disabled');
    expect(await on.payloadPidOf('hand')).toBe(pid);
    expect(await on.property('passing.service', 'ActiveState')).not.toBe('active');
    expect(await on.property('ctr-hand.service', 'ActiveState')).toBe('active');
    expect(
      await on.host.sh(
        "docker inspect --format '{{.HostConfig.RestartPolicy.Name}}' $(docker ps --quiet --filter publish=8451)",
      ),
    ).toBe('no');
    await on.serves(8451, 'web 1');
    await on.ok('rm', 'hand');
    expect(await on.host.sh('docker ps --all --quiet')).toBe('');
  });

  test('that does not come through leaves everything as it was', async () => {
    await run('--restart always web:1');
    const pid = await pidOf('old');
    await on.host.sh("printf '[Service]\\nExecStart=/bin/true\\n' >/etc/systemd/system/ctr-old.service");
    expect(await on.fails(4, 'adopt', 'old', '--yes')).toContain('ctr-old.service');
    expect(await pidOf('old')).toBe(pid);
    expect(await on.host.sh("docker inspect --format '{{.HostConfig.RestartPolicy.Name}}' old")).toBe(
      'always',
    );
    await on.host.sh('rm /etc/systemd/system/ctr-old.service; systemctl daemon-reload');
    expect(await on.host.sh('ls /etc/gear/adopted || true')).toBe('');
    expect(await on.list()).toEqual([]);
  });

  test('killed between any two of its effects is finished by the next gear adopt, with the same process', async () => {
    let ended = false;
    for (let effects = 1; !ended; effects += 1) {
      const where = `after effect ${String(effects)}`;
      expect(effects, 'effects of one adoption').toBeLessThan(enough);
      await run('--restart always --memory 64m --volume data:/data database:1');
      const pid = await pidOf('old');
      const id = await on.host.sh("docker inspect --format '{{.Id}}' old");
      const env = { GEAR_STOP_AFTER_EFFECT: String(effects) };
      const { code } = await on.gear(['adopt', 'old', '--name', 'db', '--yes'], { env });
      ended = code === 0;
      if (!ended) {
        expect(code, where).toBe(killedStatus);
        expect((await on.gear(['doctor'])).stdout, where).toContain('gear adopt old');
        await on.ok('adopt', 'old', '--yes');
      }
      expect(await on.payloadPidOf('db'), where).toBe(pid);
      const { problems, enabled } = await on.status('db');
      expect({ problems, enabled }, where).toEqual({ problems: [], enabled: true });
      const records = await on.host.sh('cat /etc/gear/adopted/*');
      expect(records, where).toMatch(new RegExp(`^${id} docker db db [0-9a-f]+ settled old always$`));
      expect((await on.gear(['doctor'])).stdout, where).not.toContain('adopt');
      expect(await on.fails(4, 'adopt', 'old', '--yes'), where).toContain('gear has adopted old already');
      await on.ok('release', 'db');
      expect(await pidOf('old'), where).toBe(pid);
      const policy = "docker inspect --format '{{.HostConfig.RestartPolicy.Name}}' old";
      expect(await on.host.sh(policy), where).toBe('always');
      await on.host.sh('docker rm --force old');
    }
  });

  test('that was begun under one name is finished under another, and of a new container of the old name it says nothing', async () => {
    await run('--restart always web:1');
    const pid = await pidOf('old');
    const env = { GEAR_STOP_AFTER_EFFECT: '3' };
    expect(await on.gear(['adopt', 'old', '--name', 'db', '--yes'], { env })).toMatchObject({
      code: killedStatus,
    });
    // A container that has the name by now is meant by it; the other one by what it is called.
    await on.host.sh('docker run --detach --name old database:1');
    const newer = await pidOf('old');
    await on.ok('adopt', 'old', '--name', 'other', '--yes');
    expect(await on.payloadPidOf('other')).toBe(newer);
    const called = await on.host.sh("docker ps --filter name='^ctr-db[.]' --format '{{.Names}}'");
    await on.ok('adopt', called, '--name', 'web', '--yes');
    expect(await on.payloadPidOf('web')).toBe(pid);
    expect(await on.host.sh('cat /etc/gear/adopted/* | grep -c settled')).toBe('2');
    expect(await on.host.sh('ls /etc/gear/adopted | grep -c ctr-db || true')).toBe('0');
  });

  test('of Podman says first that it restarts, and keeps every byte', async () => {
    await on.host.sh('podman run --detach --name old --publish 8450:8080 --volume data:/data database:1');
    await on.serves(8450, 'here');
    const asked = await on.fails(2, 'adopt', 'old');
    expect(asked).toContain('it is stopped and started again');
    await on.ok('adopt', 'old', '--name', 'db', '--yes');
    await on.serves(8450, 'here');
    await isWhole('podman');
    expect(await on.host.sh('podman ps --all --quiet --filter name=^old$')).toBe('');
    expect(await on.activeState('db')).toBe('active');
  });

  test('of what is not there, or is of gear already, is refused with what to type', async () => {
    expect(await on.fails(4, 'adopt', 'nobody', '--yes')).toContain('no engine of this host');
    await on.ok('install', 'web:1', 'web', '--engine', 'docker');
    const name = await on.host.sh("docker ps --filter label=gear.name=web --format '{{.Names}}'");
    expect(await on.fails(4, 'adopt', name, '--name', 'other', '--yes')).toContain('made by gear');
    expect(await on.fails(4, 'release', 'web')).toContain('gear eject web');
  });
});
