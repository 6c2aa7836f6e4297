import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { command, conditions, limits, options, others } from './support/options.ts';

/** On a machine with hybrid cgroups the kernel has no controller for the hosts to set a limit with. */
const canLimit = /memory/.test(readFileSync('/proc/cgroups', 'utf8')) && isUnified();

function isUnified(): boolean {
  return readFileSync('/proc/self/mounts', 'utf8').includes(' /sys/fs/cgroup cgroup2 ');
}

describe.each(engines)('every option arrives with %s', (engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage(), webImage('1')]);
    await on.host.sh(`${engine} network create --subnet 10.77.0.0/24 --ipv6 --subnet fd00:77::/64 backend`);
  });
  afterAll(async () => {
    await on.clear();
    await on.host.sh(`${engine} network rm backend; ${engine} volume rm --force flagged flagged-too`);
  });

  async function inspected(name: string, path: string): Promise<unknown> {
    const id = await on.host.sh(`${engine} ps --quiet --filter label=gear.name=${name}`);
    return JSON.parse(await on.host.sh(`${engine} inspect --format '{{json ${path}}}' ${id}`)) as unknown;
  }

  test('the engine has what was asked', async () => {
    const met = Object.entries(conditions).flatMap(([name, value]) => [`--condition-${name}`, value]);
    await on.ok('install', 'sleep:1', 'full', 'MODE=x', ...options, ...met, '--engine', engine, ...command);
    expect(await inspected('full', '.HostConfig')).toMatchObject({
      ...{ OomScoreAdj: 100, ReadonlyRootfs: true, ShmSize: 2 ** 25, IpcMode: 'private' },
      ...{ Dns: ['10.0.0.53'], DnsSearch: ['example.com'], DnsOptions: ['ndots:2'], GroupAdd: ['44'] },
      ExtraHosts: ['old:10.0.0.5'],
    });
    expect(await inspected('full', '.Config')).toMatchObject({
      ...{ Hostname: 'box', User: '1000:1000', WorkingDir: '/bin', StopSignal: 'SIGINT' },
      Labels: { team: 'shop' },
    });
    expect(await inspected('full', '.NetworkSettings.Networks.backend')).toMatchObject({
      IPAddress: '10.77.0.5',
      Aliases: expect.arrayContaining(['db']) as unknown,
    });
    expect(Object.keys((await inspected('full', '.NetworkSettings.Ports')) as object)).toEqual(
      expect.arrayContaining(['8001/tcp', '8002/tcp', '8003/udp']),
    );
  });

  test('so has it of those that exclude each other with the ones before', async () => {
    await on.host.sh('echo FROM_FILE=yes >/root/flags.env');
    const own = engine === 'docker' ? ['--runtime', 'runc'] : [];
    const driver = engine === 'docker' ? 'json-file' : 'k8s-file';
    const given = [...others, '--privileged', '--log-driver', driver, ...own, '--engine', engine];
    await on.ok('install', 'sleep:1', 'more', ...given);
    expect(await inspected('more', '.HostConfig.LogConfig.Type')).toBe(driver);
    expect(await inspected('more', '.HostConfig')).toMatchObject({
      ...{ Privileged: true, PidMode: 'host', UTSMode: 'host', Annotations: { 'run.example': '1' } },
      ...(engine === 'docker'
        ? { UsernsMode: 'host', Runtime: 'runc', DeviceCgroupRules: ['c 1:3 rwm'] }
        : { Annotations: { 'io.podman.annotations.userns': 'host' } }),
      SecurityOpt: expect.arrayContaining([
        ...['seccomp=unconfined', 'label=disable', 'apparmor=unconfined'],
      ]) as unknown,
    });
    expect(await inspected('more', '.NetworkSettings.Networks.backend')).toMatchObject({
      ...{ IPAddress: '10.77.0.9', GlobalIPv6Address: 'fd00:77::9', MacAddress: '02:42:0a:4d:00:09' },
      Aliases: expect.arrayContaining(['second']) as unknown,
    });
    expect(await inspected('more', '.NetworkSettings.Ports')).toMatchObject({
      '8004/tcp': [{ HostIp: '::1', HostPort: '8304' }],
    });
    expect(await inspected('more', '.Mounts')).toMatchObject([
      { Type: 'volume', Name: 'flagged-too', Destination: '/cache', RW: false },
    ]);
    expect(await on.variable(engine, 'more', 'FROM_FILE')).toBe('yes');
    await on.ok('rm', 'more');
  });

  test('the program in it meets what was asked', async () => {
    const lines = await on.inside(
      engine,
      'full',
      ...[
        'sh',
        '-c',
        'hostname; id -u; id -G; ulimit -n; ulimit -Hn; cat /proc/sys/net/core/somaxconn; echo $MODE',
      ],
    );
    expect(lines.split('\n')).toEqual(['box', '1000', '1000 44', '512', '1024', '512', 'x']);
    const status = await on.inside(engine, 'full', 'cat', '/proc/1/status');
    expect(status).toMatch(/^CapBnd:\t0{12}2000$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    const mounts = await on.inside(engine, 'full', 'cat', '/proc/mounts');
    expect(mounts).toMatch(/ \/ \S+ ro,/);
    expect(mounts).toMatch(/ \/host \S+ ro,/);
    expect(mounts).toMatch(/tmpfs \/scratch \S+ \S*size=1024k/);
    expect(await on.inside(engine, 'full', 'cat', '/etc/resolv.conf')).toContain('options ndots:2');
    expect(await on.inside(engine, 'full', 'cat', '/etc/hosts')).toMatch(/10\.0\.0\.5\s+old/);
    expect(await on.inside(engine, 'full', 'sh', '-c', 'test -c /dev/void && echo there')).toBe('there');
  });

  test('it runs in the slice that was asked for', async () => {
    const pid = await on.payloadPid(engine, 'full');
    expect(await on.host.sh(`cat /proc/${pid}/cgroup`)).toMatch(/^0::\/batch\.slice\//m);
    expect(await on.property('batch.slice', 'ActiveState')).toBe('active');
  });

  const limited = ['install', 'sleep:1', 'small', ...limits, '--slice', 'batch.slice', '--engine', engine];

  // Which of the two a machine can show says its kernel; the name tells which one was shown.
  if (canLimit)
    test('limits are those of its own cgroup', async () => {
      await on.ok(...limited);
      await meetsLimits();
      await on.ok('rm', 'small');
    });
  else
    test('limits for which the kernel has no controller are refused in its words, and nothing is left', async () => {
      const { code, stderr } = await on.gear(limited);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/kernel does not support|memory\.max/);
      expect((await on.list()).map(({ name }) => name)).not.toContain('small');
      expect(await on.host.sh(`${engine} ps --all --quiet --filter label=gear.name=small`)).toBe('');
    });

  async function meetsLimits(): Promise<void> {
    expect(await inspected('small', '.HostConfig')).toMatchObject({
      ...{ Memory: 2 ** 26, MemorySwap: 2 ** 27, MemoryReservation: 2 ** 25, NanoCpus: 5e8, CpusetCpus: '0' },
      ...{ CpusetMems: '0', CpuShares: 512, PidsLimit: 50 },
    });
    const pid = await on.payloadPid(engine, 'small');
    const path = (await on.host.sh(`cat /proc/${pid}/cgroup`)).replace(/^0::/, '');
    const up = `d=/sys/fs/cgroup${path}; until [ "$d" = /sys/fs/cgroup ]; do cat $d/$0; d=\${d%/*}; done`;
    const found = async (file: string) => (await on.host.exec(['sh', '-c', up, file])).stdout.split('\n');
    expect(await found('memory.max')).toContain(String(2 ** 26));
    expect(await found('memory.swap.max')).toContain(String(2 ** 26));
    expect(await found('cpu.max')).toContain('50000 100000');
    expect(await found('pids.max')).toContain('50');
    expect(Number(await on.property('batch.slice', 'MemoryCurrent'))).toBeGreaterThan(0);
  }

  test('systemd has what was asked of its unit', async () => {
    const unit = 'ctr-full.service';
    expect(await on.property(unit, 'Description')).toBe('All of it');
    expect(await on.property(unit, 'LogRateLimitBurst')).toBe('5000');
    expect(await on.property(unit, 'StartLimitBurst')).toBe('5');
    expect(await on.property(unit, 'StartLimitIntervalUSec')).toBe('10min');
    expect(await on.property(unit, 'RestartUSec')).toBe('3s');
    const lines = (await on.host.sh(`systemctl cat ${unit}`)).split('\n');
    expect(lines).toContain('ConditionPathExists=/etc/hostname');
    const told = lines
      .filter((line) => line.startsWith('Condition'))
      .map((line) => line.replace(/^\w+=/, ''));
    expect(told).toEqual(expect.arrayContaining(Object.values(conditions)));
    expect(await on.property(unit, 'Wants')).toContain('time-sync.target');
    expect(await on.property(unit, 'PartOf')).toBe('backup.target');
    expect(await on.property(unit, 'Conflicts')).toContain('emergency.target');
    expect(await on.property(unit, 'ConditionResult')).toBe('yes');
  });

  test('set changes one of them and leaves the others, --reset takes one away', async () => {
    await on.ok('set', 'full', '--hostname', 'crate', '--reset', 'oom-score-adj', '--reset', 'description');
    expect(await inspected('full', '.HostConfig')).toMatchObject({
      ...{ OomScoreAdj: 0, ReadonlyRootfs: true, ShmSize: 2 ** 25 },
    });
    expect(await inspected('full', '.Config.Hostname')).toBe('crate');
    expect(await on.property('ctr-full.service', 'Description')).toBe('full (sleep:1)');
    await on.ok('rm', 'full');
  });

  test('what the other engine alone has is refused, and nothing is left', async () => {
    const [flags, said] =
      engine === 'podman'
        ? [['--gpus', 'all'], 'Podman has no --gpus']
        : [['--userns', 'auto'], 'Docker does not know "auto"'];
    expect(await on.fails(4, 'install', 'sleep:1', 'no', ...flags, '--engine', engine)).toContain(said);
    const owned = await on.fails(
      4,
      'install',
      'sleep:1',
      'no',
      '--service',
      'Type=simple',
      '--engine',
      engine,
    );
    expect(owned).toContain('"Type"');
    expect(await on.list()).toEqual([]);
  });

  test('log options of a descriptor are those of the engine', async () => {
    const [driver, size] = engine === 'docker' ? ['json-file', '5m'] : ['k8s-file', '5mb'];
    const text = `
name: logs
engine: ${engine}
containers:
  own: {image: sleep:1, log_driver: ${driver}, log_options: {max-size: ${size}}}
  bounded: {image: sleep:1, log_options: {${engine === 'docker' ? 'max-file: 2' : 'tag: mine'}}}
`;
    await on.host.exec(['sh', '-c', 'cat >/root/logs.yaml'], { input: Buffer.from(text) });
    await on.ok('apply', '/root/logs.yaml', '--yes');
    const log = (name: string) => inspected(`logs.${name}`, '.HostConfig.LogConfig');
    const [own, bounded] = [await log('own'), await log('bounded')];
    if (engine === 'docker') {
      expect(own).toEqual({ Type: 'json-file', Config: { 'max-size': '5m' } });
      expect(bounded).toEqual({ Type: 'local', Config: { 'max-size': '10m', 'max-file': '2' } });
    } else {
      expect(own).toMatchObject({ Type: 'k8s-file', Size: '5MB' });
      expect(bounded).toMatchObject({ Type: 'journald', Tag: 'mine' });
    }
    await on.ok('rm', 'logs');
  });

  test("a line of a shell's docker run is installed", async () => {
    const line = `sudo ${engine} run -d --rm -p 8310:8080 \\\n  -e 'GREETING=a "b" $c' --name old web:1`;
    const { stderr } = await on.ok('install', '--from-run', line, 'web', '--engine', engine);
    expect(stderr).toContain('--detach is left out: systemd runs containers in the background');
    await on.serves(8310, 'web 1');
    expect(await on.variable(engine, 'web', 'GREETING')).toBe('a "b" $c');
  });
});
