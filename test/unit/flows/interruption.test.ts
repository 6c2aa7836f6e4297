import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { contextOn, declaredOn, installing, run, runningOn, tracesOn, type Typed } from './gear-in-memory.ts';

interface Scenario {
  readonly title: string;
  readonly before: readonly Typed[];
  readonly typed: Typed;
  /** Typed again when it is done, it does something else. */
  readonly swings?: true;
}

const wait = { wait: true, timeoutMs: 60_000 };

const scenarios = (['docker', 'podman'] as const).flatMap((engine): readonly Scenario[] => {
  const web = (version: string): Typed =>
    installing([`web:${version}`, 'web', 'KEY=value'], { engine, flags: { 'health-cmd': ['true'] } });
  return [
    { title: `a first install with ${engine}`, before: [], typed: web('1') },
    { title: `an update with ${engine}`, before: [web('1')], typed: web('2') },
    {
      title: `a stop with ${engine}`,
      before: [web('1')],
      typed: (context) => stopContainers(context, { names: ['web'], ...wait }),
    },
    {
      title: `a rollback with ${engine}`,
      before: [web('1'), web('2')],
      typed: (context) => rollback(context, { name: 'web', ...wait }),
      swings: true,
    },
  ];
});

async function prepared({ before }: Scenario): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const engine of [host.docker, host.podman]) {
    engine.images.add('web:1');
    engine.images.publish('web:2');
  }
  for (const each of before) {
    host.clock.advance(1000);
    await run(host, each, 'before');
  }
  return host;
}

/** Ctrl-C right after the n-th effect. Returns how the command ended: its failure's code, or 'done'. */
async function interrupted(host: MemoryHost, typed: Typed, effects: number): Promise<string | undefined> {
  const controller = new AbortController();
  let left = effects;
  const onEffect = (): void => {
    left -= 1;
    if (left <= 0) controller.abort();
  };
  if (left === 0) controller.abort();
  const result = await typed({ ...contextOn(host, 'the command'), signal: controller.signal, onEffect });
  return result.ok ? 'done' : result.failures[0]?.code;
}

describe.each(scenarios)('Ctrl-C during $title', (scenario) => {
  test('after any effect leaves old or new, and the same command finishes', async () => {
    const clean = await prepared(scenario);
    const old = await declaredOn(clean);
    let effects = 0;
    const count = { ...contextOn(clean, 'the command'), onEffect: () => void (effects += 1) };
    expect(await scenario.typed(count)).toMatchObject({ ok: true });
    const next = await declaredOn(clean);
    const finished = await tracesOn(clean);
    expect(effects).toBeGreaterThan(2);

    const endings = new Set<string | undefined>();
    for (let passing = 0; passing < effects; passing += 1) {
      const where = `after ${String(passing)} effects`;
      const host = await prepared(scenario);
      const ending = await interrupted(host, scenario.typed, passing);
      endings.add(ending);
      expect([old, next], where).toContainEqual(await declaredOn(host));
      expect(host.lock.holder, where).toBeNull();
      const runs = runningOn(host).get('web') ?? [];
      if (old.size > 0 && !scenario.title.startsWith('a stop')) {
        const forms = [old, next].map((declared) => declared.get('web')?.hash);
        expect(forms, `what runs ${where}`).toContain(runs[0]);
      }

      const isThere = next.get('web')?.hash === (await declaredOn(host)).get('web')?.hash;
      const again =
        scenario.swings === true && isThere
          ? installing(['web:1', 'other'], { engine: 'docker' })
          : scenario.typed;
      await run(host, again, 'the command');
      if (again === scenario.typed) expect(await tracesOn(host), where).toEqual(finished);
      const status = await statusOf(contextOn(host), []);
      expect(status.ok && status.value.flatMap(({ problems }) => problems), where).toEqual([]);
    }
    expect(endings).toContain('INTERRUPTED');
    expect(['INTERRUPTED', 'done']).toEqual(expect.arrayContaining([...endings]));
  });
});
