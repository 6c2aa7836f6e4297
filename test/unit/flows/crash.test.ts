import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { Killed } from '../../../src/adapters/host/memory/calls.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import { restartContainers } from '../../../src/flows/restart.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { contextOn, declaredOn, installing, run, runningOn, tracesOn, type Typed } from './gear-in-memory.ts';

interface Scenario {
  readonly title: string;
  /** What was typed before. Beside it a container `other` runs, which nothing may touch. */
  readonly before: readonly Typed[];
  readonly typed: Typed;
  /** Between two forms neither runs: what one engine started the other cannot stop. */
  readonly gap?: true;
  /** Typed again when it is done, it does something else. */
  readonly swings?: true;
}

const wait = { wait: true, timeoutMs: 60_000 };
const start: Typed = (context) => startContainers(context, { names: ['web'], ...wait });
const stop: Typed = (context) => stopContainers(context, { names: ['web'], ...wait });
const restart: Typed = (context) => restartContainers(context, { names: ['web'], ...wait });
const remove =
  (volumes: boolean): Typed =>
  (context) =>
    removeContainers(context, { names: ['web'], volumes });
const back: Typed = (context) => rollback(context, { name: 'web', ...wait });

const scenarios = (['docker', 'podman'] as const).flatMap((engine): readonly Scenario[] => {
  const web = (version: string, ...pairs: string[]): Typed =>
    installing([`web:${version}`, 'web', ...pairs], { engine });
  const checked = (version: string): Typed =>
    installing([`web:${version}`, 'web'], { engine, flags: { 'health-cmd': ['true'] } });
  const named = (title: string): string => `${title} with ${engine}`;
  return [
    { title: named('a first install'), before: [], typed: web('1', 'KEY=value') },
    { title: named('an install of two'), before: [], typed: installing(['web:1', 'web', 'two'], { engine }) },
    { title: named('an update'), before: [web('1')], typed: web('2', 'KEY=value') },
    { title: named('a first install with a check'), before: [], typed: checked('1') },
    { title: named('an update with a check'), before: [checked('1')], typed: checked('2') },
    { title: named('a check that goes'), before: [checked('1')], typed: web('1') },
    { title: named('a stop'), before: [web('1')], typed: stop },
    { title: named('a start'), before: [web('1'), stop], typed: start },
    { title: named('an update of a held one'), before: [web('1'), stop], typed: web('2') },
    { title: named('a restart'), before: [web('1')], typed: restart },
    { title: named('rm'), before: [web('1')], typed: remove(false) },
    { title: named('rm --volumes'), before: [web('1')], typed: remove(true) },
    { title: named('a rollback'), before: [web('1'), web('2')], typed: back, swings: true },
    {
      title: named('a rollback after another'),
      before: [web('1'), web('2'), web('3'), back],
      typed: back,
      swings: true,
    },
  ];
});

const moves: readonly Scenario[] = [
  {
    title: 'a move to the other engine',
    before: [installing(['web:1', 'web'], { engine: 'docker' })],
    typed: installing(['web:1', 'web'], { engine: 'podman' }),
    gap: true,
  },
];

/** A host as the command finds it. */
async function prepared({ before }: Scenario): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const engine of [host.docker, host.podman]) {
    for (const version of ['1', '2', '3']) engine.images.add(`web:${version}`, { volumes: ['/data'] });
  }
  await run(host, installing(['web:1', 'other'], { engine: 'docker' }), 'install web:1 other');
  for (const each of before) {
    host.clock.advance(1000);
    await run(host, each, 'before');
  }
  return host;
}

/** Kills gear before the call after the n-th; whether the command ended before that. */
async function killed(host: MemoryHost, typed: Typed, calls: number): Promise<boolean> {
  host.calls.killAfter(calls);
  try {
    const result = await typed(contextOn(host, 'the command'));
    expect(result).toMatchObject({ ok: true });
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return true;
  } finally {
    host.lock.lose();
    host.calls.revive();
  }
}

describe.each([...scenarios, ...moves])('SIGKILL of gear during $title', (scenario) => {
  let old: Awaited<ReturnType<typeof declaredOn>>;
  let next: Awaited<ReturnType<typeof declaredOn>>;
  let finished: object;
  let calls: number;

  beforeAll(async () => {
    const host = await prepared(scenario);
    old = await declaredOn(host);
    const mark = host.calls.mark;
    await run(host, scenario.typed, 'the command');
    calls = host.calls.since(mark).length;
    next = await declaredOn(host);
    finished = await tracesOn(host);
  });

  /** A host on which the command was killed, for every moment. */
  async function each(check: (host: MemoryHost) => Promise<void>): Promise<void> {
    for (let passing = 0; passing < calls; passing++) {
      const host = await prepared(scenario);
      const mark = host.calls.mark;
      expect(await killed(host, scenario.typed, passing)).toBe(true);
      const done = host.calls.since(mark);
      try {
        await check(host);
      } catch (error) {
        throw new Error(`killed after ${String(passing)} calls, the last: ${done.at(-1) ?? 'none'}`, {
          cause: error,
        });
      }
    }
  }

  /** The same command; a rollback whose aim is reached would, typed again, go back once more. */
  async function again(host: MemoryHost): Promise<void> {
    const reached = isDeepStrictEqual(runningOn(host), formsOf(next));
    await run(host, scenario.swings === true && reached ? start : scenario.typed, 'the command');
    expect(await tracesOn(host)).toEqual(finished);
    expect(await troubles(host)).toEqual([]);
  }

  test('leaves the old declared set or the new one, loses no container, and the same command finishes', async () => {
    await each(async (host) => {
      expect([old, next]).toContainEqual(await declaredOn(host));
      const running = runningOn(host);
      for (const [name, before] of old) {
        const after = next.get(name);
        if (before.held || after === undefined || after.held || scenario.gap === true) continue;
        const [form, ...more] = running.get(name) ?? [];
        expect([before.hash, after.hash], `the form of ${name} that runs`).toContain(form);
        expect(more, `further forms of ${name} that run`).toEqual([]);
      }
      await again(host);
    });
  });

  test('and a power loss boot exactly the old set or the new one, and the same command finishes', async () => {
    await each(async (host) => {
      host.reboot();
      expect([formsOf(old), formsOf(next)]).toContainEqual(runningOn(host));
      await again(host);
    });
  });

  test('lets a command for another container finish', async () => {
    await each(async (host) => {
      const declared = await declaredOn(host);
      await run(
        host,
        (context) => restartContainers(context, { names: ['other'], ...wait }),
        'restart other',
      );
      expect(await declaredOn(host)).toEqual(declared);
      expect(runningOn(host)).toEqual(formsOf(declared));
      expect(await troubles(host)).toEqual([]);
    });
  });
});

/** What is to run of a declared set. */
function formsOf(declared: Awaited<ReturnType<typeof declaredOn>>): ReadonlyMap<string, readonly string[]> {
  return new Map([...declared].filter(([, { held }]) => !held).map(([name, { hash }]) => [name, [hash]]));
}

async function troubles(host: MemoryHost): Promise<readonly string[]> {
  const status = await statusOf(contextOn(host), []);
  if (!status.ok) return status.failures.map(({ message }) => message);
  return status.value.flatMap(({ name, problems }) => problems.map(({ message }) => `${name}: ${message}`));
}
