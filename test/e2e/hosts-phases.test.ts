import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Host } from '../lab/host.ts';
import type { HostProcess } from '../lab/host-process.ts';
import { webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { Lab } from '../lab/lab.ts';
import { GearHost } from './support/gear-host.ts';

/** The effect of a change after which the host of this name goes away. */
const phases = [
  { name: 'far1', after: 'prepared', effects: 1 },
  { name: 'far2', after: 'written', effects: 3 },
  { name: 'far3', after: 'swapped', effects: 4 },
  { name: 'far4', after: 'acted upon', effects: 6 },
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
let far: readonly GearHost[];

beforeAll(async () => {
  const binds = [{ from: inject('gearFolder'), to: '/opt/gear', readOnly: true }];
  lab = await Lab.up({
    name: `phases-${String(process.pid)}`,
    hosts: [
      { name: 'here', light: true, binds },
      ...phases.map(({ name }) => ({ name, suite: 'bookworm' as const, binds })),
    ],
  });
  here = new GearHost(lab.host('here'));
  far = phases.map(({ name }) => new GearHost(lab.host(name)));
  for (const { host } of far) await loadImages(host, 'docker', [webImage('1')]);
});
afterAll(() => lab.down());

/** The command that brings the container `instance` of `host` to a value, and what it needs. */
type Change = (host: string, value: string) => Promise<readonly string[]>;
const changes: readonly { readonly what: string; readonly instance: string; readonly change: Change }[] = [
  {
    what: 'an install',
    instance: 'one',
    change: (host, value) =>
      Promise.resolve(['install', 'web:1', `${host}/one`, `VALUE=${value}`, '--engine', 'docker']),
  },
  {
    what: 'an apply',
    instance: 'app.web',
    change: async (host, value) => {
      const file = `/root/${host}.yaml`;
      const input = `name: app\nhosts: [${host}]\nengine: docker\ncontainers: {web: {image: "web:1", env: {VALUE: "${value}"}}}\n`;
      await here.host.exec(['tee', file], { input });
      return ['apply', file, '--yes'];
    },
  },
];

const each = <T>(step: (on: GearHost, at: number) => Promise<T>): Promise<T[]> => Promise.all(far.map(step));

describe.each(changes)('in each phase of $what', ({ instance, change }) => {
  const value = (on: GearHost) => on.variable('docker', instance, 'VALUE');
  let old = 'first';

  beforeAll(async () => {
    await each(async ({ host }) => here.ok(...(await change(host.name, old))));
  });

  test.each(faults)(
    'a host that $fault is told with status 3, has the old or the new, and the same command finishes',
    async ({ fault, away, back }) => {
      const lines = await each(({ host }) => change(host.name, fault));
      const begun = await each((_, at) => stopped(lines[at] ?? [], at));
      await each(({ host }) => away(host));
      await each(async (_, at) => {
        await begun[at]?.signal('SIGCONT');
        const status = await begun[at]?.exited;
        const said = await here.host.sh(`cat /run/said-${String(at)}`);
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
async function stopped(line: readonly string[], at: number): Promise<HostProcess> {
  const effects = String(phases[at]?.effects ?? 0);
  const script = `echo $$ >/run/pid-${String(at)}; exec /opt/gear/bin/run.cjs "$@" 2>/run/said-${String(at)}`;
  const begun = await here.host.spawn(['sh', '-c', script, 'sh', ...line], {
    env: { GEAR_STOP_AFTER_EFFECT: `${effects}:SIGSTOP` },
  });
  const isStopped = `grep -q '^State:.T' /proc/$(cat /run/pid-${String(at)})/status`;
  const ended = begun.exited.then(async (status) => {
    const said = await here.host.sh(`cat /run/said-${String(at)}`);
    throw new Error(`ended with ${String(status)} before effect ${effects}: ${said}`);
  });
  await Promise.race([here.host.waitFor(['sh', '-c', isStopped]), ended]);
  return begun;
}
