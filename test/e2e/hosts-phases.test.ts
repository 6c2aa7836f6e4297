import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Host } from '../lab/host.ts';
import type { HostProcess } from '../lab/host-process.ts';
import { webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { Lab } from '../lab/lab.ts';
import { GearHost } from './support/gear-host.ts';

/** The effect of a change after which a host goes away. */
const phases = [
  { after: 'prepared', effects: 1 },
  { after: 'written', effects: 3 },
  { after: 'swapped', effects: 4 },
  { after: 'acted upon', effects: 6 },
] as const;

interface Away {
  readonly fault: string;
  readonly away: (host: Host) => Promise<void>;
  readonly back: (host: Host) => Promise<void>;
}
const faults: readonly Away[] = [
  { fault: 'loses power', away: (host) => host.kill(), back: (host) => host.start() },
  { fault: 'is unplugged', away: (host) => host.cut(), back: (host) => host.heal() },
  { fault: 'stands still', away: (host) => host.freeze(), back: (host) => host.thaw() },
];

let lab: Lab;
/** Where gear is typed: a machine without an engine. */
let here: GearHost;

/** The command that brings the container `instance` of `host` to a value, and what it needs. */
type Change = (host: string, value: string) => Promise<readonly string[]>;
interface Kind {
  readonly what: string;
  /** What its own hosts are called, one a phase: both kinds wait for lost connections at the same time. */
  readonly hosts: string;
  readonly instance: string;
  readonly change: Change;
}
const changes: readonly Kind[] = [
  {
    what: 'an install',
    hosts: 'install',
    instance: 'one',
    change: (host, value) =>
      Promise.resolve(['install', 'web:1', `${host}/one`, `VALUE=${value}`, '--engine', 'docker']),
  },
  {
    what: 'an apply',
    hosts: 'apply',
    instance: 'app.web',
    change: async (host, value) => {
      const file = `/root/${host}.yaml`;
      const input = `name: app\nhosts: [${host}]\nengine: docker\ncontainers: {web: {image: "web:1", env: {VALUE: "${value}"}}}\n`;
      await here.host.exec(['tee', file], { input });
      return ['apply', file, '--yes'];
    },
  },
];
const namesOf = ({ hosts }: Kind): readonly string[] => phases.map((_, at) => `${hosts}${String(at + 1)}`);

beforeAll(async () => {
  const binds = [{ from: inject('gearFolder'), to: '/opt/gear', readOnly: true }];
  lab = await Lab.up({
    name: `phases-${String(process.pid)}`,
    hosts: [
      { name: 'here', light: true, binds },
      ...changes.flatMap(namesOf).map((name) => ({ name, suite: 'bookworm' as const, binds })),
    ],
  });
  here = new GearHost(lab.host('here'));
  for (const name of changes.flatMap(namesOf)) await loadImages(lab.host(name), 'docker', [webImage('1')]);
});
afterAll(() => lab.down());

describe.concurrent.each(changes)('in each phase of $what', (kind) => {
  const { instance, change } = kind;
  const each = <T>(step: (on: GearHost, at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(namesOf(kind).map((name, at) => step(new GearHost(lab.host(name)), at)));
  const value = (on: GearHost) => on.variable('docker', instance, 'VALUE');
  let old = 'first';

  beforeAll(async () => {
    await each(async ({ host }) => here.ok(...(await change(host.name, old))));
  });

  test.each(faults)(
    'a host that $fault is told with status 3, has the old or the new, and the same command finishes',
    { concurrent: false },
    async ({ fault, away, back }) => {
      const lines = await each(({ host }) => change(host.name, fault));
      const begun = await each(({ host }, at) => stopped(host.name, lines[at] ?? [], at));
      await each(({ host }) => away(host));
      await each(async ({ host }, at) => {
        await begun[at]?.signal('SIGCONT');
        const status = await begun[at]?.exited;
        const said = await here.host.sh(`cat /run/said-${host.name}`);
        expect(status, `${phases[at]?.after ?? ''}: ${said}`).toBe(3);
        expect(said).toContain('was lost');
      });
      await each(({ host }) => back(host));
      await each(async (on, at) => {
        await here.host.waitFor(['ssh', '-o', 'BatchMode=yes', on.host.name, 'true']);
        await on.becomes(instance, 'active');
        expect([old, fault], phases[at]?.after).toContain(await value(on));
        await here.ok(...(lines[at] ?? []));
        expect(await value(on)).toBe(fault);
        expect((await on.status(instance)).problems).toEqual([]);
        const made = `docker ps --all --quiet --filter label=gear.name=${instance} | wc -l`;
        expect(await on.host.sh(made), phases[at]?.after).toBe('1');
      });
      old = fault;
    },
  );
});

/** A command that stands still right after the effect of its phase. */
async function stopped(host: string, line: readonly string[], at: number): Promise<HostProcess> {
  const effects = String(phases[at]?.effects ?? 0);
  const script = `echo $$ >/run/pid-${host}; exec /opt/gear/bin/run.cjs "$@" 2>/run/said-${host}`;
  const begun = await here.host.spawn(['sh', '-c', script, 'sh', ...line], {
    env: { GEAR_STOP_AFTER_EFFECT: `${effects}:SIGSTOP` },
  });
  const isStopped = `grep -q '^State:.T' /proc/$(cat /run/pid-${host})/status`;
  const ended = begun.exited.then(async (status) => {
    const said = await here.host.sh(`cat /run/said-${host}`);
    throw new Error(`ended with ${String(status)} before effect ${effects}: ${said}`);
  });
  await Promise.race([here.host.waitFor(['sh', '-c', isStopped]), ended]);
  return begun;
}
