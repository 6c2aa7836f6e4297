import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkEnvironment } from '../../../src/core/render/environment-file.ts';
import { unencodable } from '../../../src/core/render/escape.ts';
import { Lab } from '../../lab/lab.ts';
import { until } from '../../lab/until.ts';
import type { Suite } from '../../lab/recipe.ts';
import { UnitHost, untilStopped } from './unit-host.ts';
import { patienceMs } from '../../lab/patience.ts';

const hostile = {
  QUOTES: `a "b" 'c' \`d\``,
  DOLLAR: '$HOME ${HOME} $$ $(id)',
  PERCENT: '%i %% %h',
  BACKSLASH: 'a\\b \\n \\',
  MANY_LINES: '\n first\n\nsecond\\\n# third\n',
  SPACES: '  blanks and\ttabs\t ',
  EMPTY: '',
  UNICODE: 'grün ✓ 🐋',
  LARGE: 'x"$\\'.repeat(25_000),
  // Names that the engine's command would itself read.
  PATH: '/bin:/only/inside',
  DOCKER_HOST: 'tcp://elsewhere.example:1',
  LD_PRELOAD: '/no/such.so',
  HTTP_PROXY: ' http://user:secret@proxy.example/ # "quoted" $X ',
  GEAR_HASH: 'mine',
  gear_name: 'mine',
  IFS: 'x',
  LC_ALL: 'xx_XX',
};

const hostileWords = [
  ...fc.sample(
    fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => unencodable(text) === null),
    { numRuns: 200, seed: 1 },
  ),

  '$HOME',
  '${HOME}',
  '%i',
  '%%',
  'a "b"',
  "'",
  '\\',
  '\\n',
  '\n',
  '\t',
  '',
  ';',
  '#',
  'é ✓',
  ' ',
];

const cases: readonly Case[] = [
  { suite: 'trixie', engine: 'docker' },
  { suite: 'trixie', engine: 'podman' },
  { suite: 'bookworm', engine: 'docker' },
  { suite: 'bookworm', engine: 'podman' },
];

interface Case {
  readonly suite: Suite;
  readonly engine: 'docker' | 'podman';
}

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.up({
    name: `units-both-${String(process.pid)}`,
    hosts: [{ name: 'trixie' }, { name: 'bookworm', suite: 'bookworm' }],
  });
});

afterAll(() => lab.down());

let units: UnitHost;

function onHost({ suite, engine }: Case): void {
  beforeAll(async () => {
    units = await UnitHost.prepare(lab.host(suite), { engine });
  });
  afterEach(() => units.clean());
}

describe.each(cases)('a unit for $engine on $suite', (each) => {
  onHost(each);

  it('gives systemd nothing to complain of', async () => {
    await units.place({
      name: 'web',
      environment: hostile,
      check: { command: ['true'], intervalMs: 1_000, timeoutMs: 1_000, retries: 1, startPeriodMs: 0 },
      spec: {
        command: hostileWords,
        mounts: [{ kind: 'bind', source: '/srv/100% "odd"', target: '/srv', options: ['ro'] }],
      },
    });
    const verify = 'systemd-analyze verify --man=no /etc/systemd/system/ctr-web*.service 2>&1';
    expect(await units.host.sh(verify)).toBe('');
  });

  it('carries a hostile environment byte for byte', async () => {
    expect(checkEnvironment(hostile)).toEqual([]);
    const [web] = await units.place({ name: 'web', environment: hostile });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    const seen = await units.payloadEnvironment(web);
    for (const [name, value] of Object.entries(hostile))
      expect([name, seen.get(name)]).toEqual([name, value]);
  });

  it('carries hostile words of a command', async () => {
    const [web] = await units.place({
      name: 'web',
      spec: { command: [...untilStopped(), ...hostileWords] },
    });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    const { stdout } = await units.host.exec(['cat', `/proc/${await units.payloadPid(web)}/cmdline`]);
    expect(stdout.split('\0').slice(0, -1)).toEqual([...untilStopped(), ...hostileWords]);
  });

  it('brings each line of the container to the journal of the unit, once', async () => {
    await units.place({
      name: 'web',
      spec: { command: untilStopped('echo out; echo err >&2; echo reopened >/dev/stdout') },
    });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await until(
      'the lines',
      async () => ((await units.journal('ctr-web')).includes('reopened') ? true : undefined),
      {
        timeoutMs: patienceMs,
      },
    );
    const lines = await units.journal('ctr-web');
    for (const line of ['out', 'err', 'reopened'])
      expect(lines.filter((each) => each === line)).toEqual([line]);
  });

  it('fails the start at once, with the reason, where there is no such command', async () => {
    await units.place({ name: 'web', spec: { command: ['/no/such/command'] } });
    const began = Date.now();
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    expect(Date.now() - began).toBeLessThan(20_000);
    expect((await units.journal('ctr-web')).join('\n')).toMatch(
      /\/no\/such\/command.*(no such file|not found)/i,
    );
  });
});

describe.each(cases.filter(({ suite }) => suite === 'trixie'))('a unit for $engine', (each) => {
  onHost(each);
  const { engine } = each;

  it('stops with the signal and the time of the container, and is then inactive, not failed', async () => {
    await units.place({
      name: 'web',
      spec: { command: ['sh', '-c', 'trap "echo bye; exit 143" TERM; while :; do sleep 0.1; done'] },
    });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    await units.host.exec(['systemctl', 'stop', 'ctr-web']);
    expect(await units.show('ctr-web', 'ActiveState')).toBe('inactive');
    expect(await units.journal('ctr-web')).toContain('bye');
  });

  it('brings a crashed container back', async () => {
    const [web] = await units.place({ name: 'web' });
    expect(await units.start('ctr-web')).toMatchObject({ code: 0 });
    const before = await units.payloadPid(web);
    await units.host.exec(['kill', '-KILL', before]);
    await units.comesBack(web, before);
  });

  it('puts the container below the slice of its app, and no other app there', async () => {
    const [short, long] = await units.place({ name: 'my' }, { name: 'my-shop' });
    expect(await units.start('ctr-my', 'ctr-my-shop')).toMatchObject({ code: 0 });
    const cgroup = async (pid: string) => (await units.host.exec(['cat', `/proc/${pid}/cgroup`])).stdout;
    expect(await cgroup(await units.payloadPid(short))).toContain('/gear.slice/gear-my.slice/');
    expect(await cgroup(await units.payloadPid(long))).toContain('/gear.slice/gear-my\\x2dshop.slice/');
    await units.host.exec(['systemctl', 'stop', 'gear-my.slice']);
    expect(await units.show('ctr-my-shop', 'ActiveState')).toBe('active');
  });

  it('leaves a stranger of the same name alone', async () => {
    const [web] = await units.place({ name: 'web' });
    const name = engine === 'docker' ? `ctr-web.${web.hash}` : 'ctr-web';
    await units.host.exec([engine, 'run', '--detach', '--name', name, units.imageId, 'sleep', '1000']);
    expect(await units.start('ctr-web')).toMatchObject({ code: 1 });
    await units.host.exec(['systemctl', 'stop', 'ctr-web']);
    expect(await units.payloadPid(web)).not.toBe('0');
    expect((await units.journal('ctr-web')).join('\n')).toContain("is not gear's");
  });
});
