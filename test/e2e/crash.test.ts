import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { type Engine, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** The status of a process that SIGKILL ended, as a shell tells it. */
const killedStatus = 137;
/** More effects than any of these commands has. */
const enough = 40;
const port = 8085;

/** One command cut off after an effect: `setUp` makes what it finds, `from` and `to` are the pages that serve then. */
interface Scenario {
  readonly what: string;
  readonly engine: Engine;
  /** Every effect, or every so many. Every call is swept on a host in memory. */
  readonly step: number;
  readonly setUp: readonly (readonly string[])[];
  readonly typed: readonly string[];
  readonly from: string;
  readonly to: string;
  /** After this effect the power goes, too. */
  readonly powerLoss?: number;
}

const install = (engine: Engine, version: string): readonly string[] => [
  ...['install', `web:${version}`, 'web', 'KEY=value', '--engine', engine],
  ...['--publish', `${String(port)}:8080`],
];

const updates = (['docker', 'podman'] as const).flatMap((engine): readonly Scenario[] => {
  const step = engine === 'docker' ? 1 : 3;
  return [
    {
      ...{ what: 'a first install', engine, step, from: '', to: '1' },
      ...{ setUp: [['rm', 'web']], typed: install(engine, '1'), powerLoss: 7 },
    },
    {
      ...{ what: 'an update', engine, step, from: '1', to: '2' },
      ...{ setUp: [install(engine, '1')], typed: install(engine, '2'), powerLoss: 4 },
    },
  ];
});
const engine = 'docker';
const others: readonly Scenario[] = [
  { what: 'a stop', setUp: [install(engine, '1'), ['start', 'web']], typed: ['stop', 'web'], to: '' },
  { what: 'rm', setUp: [install(engine, '1'), ['start', 'web']], typed: ['rm', 'web'], to: '' },
  {
    ...{ what: 'a rollback', to: '2' },
    ...{ setUp: [install(engine, '2'), install(engine, '1')], typed: ['rollback', 'web'] },
  },
].map((each) => ({ ...each, engine, from: '1', step: 3 }));

let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const each of ['docker', 'podman'] as const) {
    await loadImages(on.host, each, [webImage('1'), webImage('2')]);
  }
});
afterAll(() => on.clear());

describe.each([...updates, ...others])('SIGKILL of gear during $what with $engine', (scenario) => {
  const { setUp, typed, from, to, step, powerLoss } = scenario;

  test('leaves old or new, and the next command finishes', async () => {
    let ended = false;
    for (let effects = 1; !ended; effects += step) {
      expect(effects, 'effects of one command').toBeLessThan(enough);
      for (const each of setUp) await on.gear(each);
      if (from !== '') await on.serves(port, `web ${from}`);
      // Running is not yet serving: the page is there a moment after the process.
      if (from !== '') await on.serves(port, `web ${from}`);
      const old = await look(scenario.engine);
      expect(old.page).toBe(from);

      const env = { GEAR_STOP_AFTER_EFFECT: String(effects) };
      const { code, stderr } = await on.gear(typed, { env });
      ended = code === 0;
      const where = `after effect ${String(effects)}`;
      if (!ended) expect(code, `${where}\n${stderr}`).toBe(killedStatus);
      if (from !== '' && to !== '') await on.serves(port, 'web ');
      const left = await look(scenario.engine);
      expect([from, to], `the page ${where}`).toContain(left.page);
      if (powerLoss !== undefined && effects >= powerLoss && effects < powerLoss + step) {
        await expectBoot(left.declared === old.declared ? from : to, left.declared);
      }

      // Typed once more, a rollback would go back again and a removal would find nothing.
      const reached = left.declared !== old.declared && left.page === to;
      if (!ended) await on.ok(...(reached && typed[0] !== 'install' ? ['doctor'] : typed));
      if (typed[0] === 'rollback' || typed[0] === 'rm')
        await on.ok('install', 'web:1', 'other', '--engine', engine);
      // Active is the process; the page comes a moment later.
      if (to !== '') await on.serves(port, `web ${to}`);
      if (to !== '') await on.serves(port, `web ${to}`);
      const end = await look(scenario.engine);
      expect(end.page, `the page in the end, ${where}`).toBe(to);
      expect([old.declared, end.declared], where).toContain(left.declared);
      expect(end.strays, where).toBe('');
      expect(end.containers, where).toBeLessThanOrEqual(typed[0] === 'rm' ? 0 : 1);
      await expectNoProblems(where);
    }
  });
});

/** What boots without gear is exactly what is declared. */
async function expectBoot(page: string, declared: string): Promise<void> {
  await on.host.reboot();
  if (page !== '') await on.serves(port, `web ${page}`);
  const booted = await look('docker');
  expect(booted.page).toBe(page);
  expect(booted.declared).toBe(declared);
}

/** The host from outside of gear: the declared set, what serves, and whatever has no owner. */
async function look(of: Engine): Promise<Look> {
  const text = await on.host.sh(`
    test ! -e /etc/gear/current || cat /etc/gear/current/manifest.json
    echo '====='
    curl -s --max-time 2 http://127.0.0.1:${String(port)}/ || true
    echo '====='
    ${of} ps -aq --filter label=gear.name=web | wc -l
    echo '====='
    find /etc -path '/etc/gear/*' -name '*.tmp*'
    find /etc/systemd/system -name 'ctr-*' -xtype l
    systemctl list-units --failed --plain --no-legend 'ctr-*'`);
  const [manifest = '', page = '', containers = '', strays = ''] = text.split('=====');
  return {
    declared: manifest.trim() === '' ? '' : formsOf(manifest),
    page: /web (\d)/.exec(page)?.[1] ?? '',
    containers: Number(containers),
    strays: strays.trim(),
  };
}

interface Look {
  readonly declared: string;
  /** The version that serves; '' when nothing does. */
  readonly page: string;
  readonly containers: number;
  readonly strays: string;
}

function formsOf(manifest: string): string {
  const { instances } = JSON.parse(manifest) as {
    instances: { name: string; hash: string; hold: unknown }[];
  };
  return instances
    .filter(({ name }) => name !== 'other')
    .map(({ name, hash, hold }) => `${name} ${hash}${hold === null ? '' : ' held'}`)
    .join('\n');
}

async function expectNoProblems(where: string): Promise<void> {
  const { stdout } = await on.gear(['status', '--json']);
  const rows = JSON.parse(stdout) as { problems: { message: string }[] }[];
  expect(
    rows.flatMap(({ problems }) => problems),
    where,
  ).toEqual([]);
}
