import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { MemorySystemd } from '../../../src/adapters/host/memory/systemd.ts';
import type { EngineKind } from '../../../src/core/model/container.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import { restartContainers } from '../../../src/flows/restart.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { contextOn, declaredOn, installing, run, tracesOn, type Typed } from './gear-in-memory.ts';

interface Scenario {
  readonly title: string;
  readonly engine: EngineKind;
  readonly before: readonly Typed[];
  readonly typed: Typed;
}

const wait = { wait: true, timeoutMs: 60_000 };

const scenarios = (['docker', 'podman'] as const).flatMap((engine): readonly Scenario[] => {
  const web = (version: string): Typed =>
    installing([`web:${version}`, 'web'], { engine, flags: { 'health-cmd': ['true'] } });
  const named = (what: string) => ({ title: `${what} with ${engine}`, engine });
  return [
    { ...named('a first install'), before: [], typed: web('1') },
    { ...named('an update'), before: [web('1')], typed: web('2') },
    {
      ...named('a restart'),
      before: [web('1')],
      typed: (context) => restartContainers(context, { names: ['web'], ...wait }),
    },
    {
      ...named('a stop'),
      before: [web('1')],
      typed: (context) => stopContainers(context, { names: ['web'], ...wait }),
    },
    {
      ...named('rm'),
      before: [web('1')],
      typed: (context) => removeContainers(context, { names: ['web'], volumes: false }),
    },
  ];
});

async function prepared({ before }: Scenario): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const engine of [host.docker, host.podman])
    for (const version of ['1', '2']) engine.images.add(`web:${version}`);
  for (const each of before) await run(host, each, 'before');
  return host;
}

/** The bus goes with the n-th call: before systemd hears of it, or before its answer is heard. */
function loseWith(host: MemoryHost, call: number, when: 'unheard' | 'unanswered'): void {
  const { init } = host;
  let calls = 0;
  const failing = new Proxy(init, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' || name === 'close') return value;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        calls += 1;
        if (calls === call && when === 'unheard') target.lose();
        const answer: unknown = await Reflect.apply(value, target, args);
        if (calls >= call) target.lose();
        return calls >= call ? target.version() : answer;
      };
    },
  });
  host.systemd = (): Promise<MemorySystemd> => Promise.resolve(failing);
}

describe.each(scenarios)('D-Bus that goes during $title', (scenario) => {
  test.each(['unheard', 'unanswered'] as const)(
    'with any call, %s, leaves old or new, is told once, and the same command finishes',
    async (when) => {
      const clean = await prepared(scenario);
      const old = await declaredOn(clean);
      await run(clean, scenario.typed, 'the command');
      const next = await declaredOn(clean);
      const finished = await tracesOn(clean);

      let failed = true;
      let call = 0;
      for (; failed; call += 1) {
        const where = `call ${String(call + 1)}`;
        const host = await prepared(scenario);
        loseWith(host, call + 1, when);
        const result = await scenario.typed(contextOn(host, 'the command'));
        failed = !result.ok;
        if (!result.ok)
          expect(
            result.failures.map(({ code, message }) => `${code} ${message}`),
            where,
          ).toEqual(['BUS_LOST the connection to systemd was lost']);
        expect([old, next], where).toContainEqual(await declaredOn(host));
        expect(host.lock.holder, where).toBeNull();

        host.init.regain();
        Reflect.deleteProperty(host, 'systemd');
        if (failed) await expectFinished(host, scenario, where, finished);
      }
      expect(call, 'calls to systemd').toBeGreaterThan(3);
    },
  );
});

async function expectFinished(
  host: MemoryHost,
  { typed, engine }: Scenario,
  where: string,
  finished: object,
): Promise<void> {
  const again = await typed(contextOn(host, 'the command'));
  // A removal that was declared already finds nothing of that name; any other change finishes it.
  if (!again.ok) {
    expect(
      again.failures.map(({ code }) => code),
      where,
    ).toEqual(['NAME_UNKNOWN']);
    await run(host, installing(['web:1', 'other'], { engine }));
    await run(host, (context) => removeContainers(context, { names: ['other'], volumes: false }));
  }
  expect(await tracesOn(host), where).toEqual(finished);
  const status = await statusOf(contextOn(host), []);
  expect(status.ok && status.value.flatMap(({ problems }) => problems), where).toEqual([]);
}
