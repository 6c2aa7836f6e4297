import { beforeAll, describe, expect, test } from 'vitest';
import { Killed } from '../../../src/adapters/host/memory/calls.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { eject } from '../../../src/flows/eject.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { contextOn, declaredOn, installing, run, runningOn, tracesOn } from './gear-in-memory.ts';

const scenarios = (['docker', 'podman'] as const).flatMap((engine) => [
  { title: `of one of two with ${engine}`, engine, names: ['web'] },
  { title: `of all with ${engine}`, engine, names: [] },
]);
type Scenario = (typeof scenarios)[number];

async function prepared({ engine }: Scenario): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const each of [host.docker, host.podman]) each.images.add('web:1', { volumes: ['/data'] });
  const flags = { 'health-cmd': ['true'] };
  await run(host, installing(['web:1', 'web', 'KEY=value'], { engine, flags }), 'install web');
  await run(host, installing(['web:1', 'other'], { engine: 'docker' }), 'install other');
  return host;
}

const ejecting = (context: FlowContext, names: readonly string[]) =>
  eject(context, { names, confirm: () => Promise.resolve(true) });

/** Which process is whose: what restarted has another one. */
function processesOn({ docker, podman }: MemoryHost): ReadonlyMap<string, number> {
  const all = [...docker.containers.all(), ...podman.containers.all()];
  return new Map(all.map(({ labels, pid }) => [labels['gear.name'] ?? '', pid]));
}

async function troubles(host: MemoryHost): Promise<readonly string[]> {
  const status = await statusOf(contextOn(host), []);
  if (!status.ok) return status.failures.map(({ message }) => message);
  return status.value.flatMap(({ name, problems }) => problems.map(({ message }) => `${name}: ${message}`));
}

describe.each(scenarios)('an eject $title', (scenario) => {
  const { names } = scenario;
  let calls: number;
  let effects = 0;
  let old: Awaited<ReturnType<typeof declaredOn>>;
  let next: Awaited<ReturnType<typeof declaredOn>>;
  let finished: object;

  beforeAll(async () => {
    const host = await prepared(scenario);
    old = await declaredOn(host);
    const mark = host.calls.mark;
    const counted = { ...contextOn(host, 'eject'), onEffect: () => void (effects += 1) };
    expect(await ejecting(counted, names)).toMatchObject({ ok: true });
    calls = host.calls.since(mark).length;
    next = await declaredOn(host);
    finished = await tracesOn(host);
    expect(effects).toBeGreaterThan(3);
  });

  /** Old or new is declared, everything runs on with the process it had, and the next command finishes. */
  async function expectWhole(host: MemoryHost, processes: ReadonlyMap<string, number>): Promise<void> {
    const declared = await declaredOn(host);
    expect([old, next]).toContainEqual(declared);
    expect(processesOn(host)).toEqual(processes);
    // Typed once more with its name, it would not know what has gone already.
    const left = names.filter((name) => declared.has(name));
    if (names.length === 0 || left.length > 0) await run(host, (context) => ejecting(context, left), 'eject');
    else await run(host, installing(['web:1', 'other'], { engine: 'docker' }), 'install');
    expect(await tracesOn(host)).toEqual(finished);
    expect(processesOn(host)).toEqual(processes);
    expect(await troubles(host)).toEqual([]);
    const running = runningOn(host);
    host.reboot();
    expect(runningOn(host), 'what boots in the end').toEqual(running);
  }

  async function kill(host: MemoryHost, passing: number): Promise<string> {
    const mark = host.calls.mark;
    host.calls.killAfter(passing);
    await expect(ejecting(contextOn(host, 'eject'), names)).rejects.toThrow(Killed);
    const last = host.calls.since(mark).at(-1) ?? 'none';
    host.lock.lose();
    host.calls.revive();
    return `killed after ${String(passing)} calls, the last: ${last}`;
  }

  test('that is killed after any call restarts nothing, loses nothing, and can be finished', async () => {
    for (let passing = 0; passing < calls; passing += 1) {
      const host = await prepared(scenario);
      const processes = processesOn(host);
      const where = await kill(host, passing);
      await expectWhole(host, processes).catch((cause: unknown) => {
        throw new Error(where, { cause });
      });
    }
  });

  test('that a power loss cuts off after any call boots every container', async () => {
    for (let passing = 0; passing < calls; passing += 1) {
      const host = await prepared(scenario);
      const running = runningOn(host);
      const where = await kill(host, passing);
      host.reboot();
      expect(runningOn(host), where).toEqual(running);
    }
  });

  test('that Ctrl-C ends after any effect says so, restarts nothing, and can be finished', async () => {
    for (let passing = 0; passing < effects; passing += 1) {
      const host = await prepared(scenario);
      const processes = processesOn(host);
      const controller = new AbortController();
      let left = passing;
      if (left === 0) controller.abort();
      const onEffect = (): void => {
        left -= 1;
        if (left === 0) controller.abort();
      };
      const context = { ...contextOn(host, 'eject'), signal: controller.signal, onEffect };
      const where = `after ${String(passing)} effects`;
      expect(await ejecting(context, names), where).toMatchObject({ failures: [{ code: 'INTERRUPTED' }] });
      await expectWhole(host, processes).catch((cause: unknown) => {
        throw new Error(where, { cause });
      });
    }
  });
});
