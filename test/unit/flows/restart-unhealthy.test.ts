import { expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { applyTogether, inspectHost, restartInstance } from '../../../src/controller/change-host.ts';
import { err, FailureError, type Result } from '../../../src/errors/failure.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import type { ListedUnit, UnitState } from '../../../src/ports/systemd.ts';
import { anApp, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn } from './gear-in-memory.ts';

const options = { start: true, wait: true, timeoutMs: 10_000 };
const engines = ['docker', 'podman'] as const;

async function withShop(engine: 'docker' | 'podman'): Promise<MemoryHost> {
  const host = withImages(new MemoryHost(), engine, 'web:1');
  const shop = anApp('shop', { web: {} }, { engine });
  await applyTogether((work) => work(contextOn(host)), [shop], options);
  return host;
}

const restart = (host: MemoryHost): Promise<Result<boolean>> =>
  restartInstance((work) => work(contextOn(host)), 'shop.web', options);

const pidsOf = (host: MemoryHost, engine: 'docker' | 'podman'): readonly number[] =>
  host[engine].containers.all().map(({ pid }) => pid);

function turnUnhealthy(host: MemoryHost, engine: 'docker' | 'podman'): void {
  for (const { name } of host[engine].containers.all()) host[engine].containers.check(name, false);
}

test.each(engines)('what an inspection of %s finds unhealthy it tells', async (engine) => {
  const host = await withShop(engine);
  const inspect = (apps: readonly string[]): Promise<object> =>
    inspectHost((work) => work(contextOn(host)), apps, { edited: false });
  expect(await inspect(['shop'])).toMatchObject({ drifts: [], unhealthy: [] });
  turnUnhealthy(host, engine);
  expect(await inspect(['shop'])).toMatchObject({ drifts: [], unhealthy: ['shop.web'] });
  expect(await inspect(['other'])).toMatchObject({ unhealthy: [] });
});

test.each(engines)(
  'a container of %s that is unhealthy is restarted, one that is well is not',
  async (engine) => {
    const host = await withShop(engine);
    const before = pidsOf(host, engine);
    expect(await restart(host)).toEqual({ ok: true, value: false });
    expect(pidsOf(host, engine)).toEqual(before);
    turnUnhealthy(host, engine);
    expect(await restart(host)).toEqual({ ok: true, value: true });
    expect(host[engine].containers.all()).toMatchObject([{ running: true, unhealthy: false }]);
    expect(pidsOf(host, engine)).not.toEqual(before);
  },
);

test('what a person stopped before its restart was due stays stopped and held', async () => {
  const host = await withShop('docker');
  turnUnhealthy(host, 'docker');
  await stopContainers(contextOn(host), { names: ['shop.web'], ...options });
  expect(await restart(host)).toEqual({ ok: true, value: false });
  expect((await declaredOn(host)).get('shop.web')?.held).toBe(true);
  expect(host.docker.containers.all().filter(({ running }) => running)).toEqual([]);
});

test('why a restart could not be done is told', async () => {
  const host = await withShop('docker');
  turnUnhealthy(host, 'docker');
  const locked = { code: 'LOCKED', message: 'another command changes this host', next: 'wait' } as const;
  vi.spyOn(host.lock, 'acquire').mockRejectedValue(new FailureError(locked));
  expect(await restart(host)).toEqual(err(locked));
});

/** Has systemd say this of every unit, in short and in full. */
async function systemdSays(host: MemoryHost, what: Partial<UnitState & ListedUnit>): Promise<void> {
  const systemd = await host.systemd();
  const [list, units] = [systemd.list.bind(systemd), systemd.units.bind(systemd)];
  vi.spyOn(systemd, 'list').mockImplementation(async (patterns) =>
    (await list(patterns)).map((each) => ({ ...each, ...what })),
  );
  vi.spyOn(systemd, 'units').mockImplementation(async (names) =>
    (await units(names)).map((each) => ({ ...each, ...what })),
  );
}

test.each(engines)('what of %s a person is stopping, and hangs, is left to stop', async (engine) => {
  const host = await withShop(engine);
  turnUnhealthy(host, engine);
  await systemdSays(host, { activeState: 'deactivating', subState: 'stop-sigterm' });
  const before = pidsOf(host, engine);
  const mark = host.calls.mark;
  expect(await restart(host)).toEqual({ ok: true, value: false });
  expect(host.calls.since(mark).filter((call) => /start/.test(call))).toEqual([]);
  expect(pidsOf(host, engine)).toEqual(before);
  const found = await inspectHost((work) => work(contextOn(host)), ['shop'], { edited: false });
  expect(found).toMatchObject({ drifts: [], unhealthy: [] });
});

test('what a person holds while the restart waits for the lock stays held', async () => {
  const host = await withShop('docker');
  turnUnhealthy(host, 'docker');
  const acquire = host.lock.acquire.bind(host.lock);
  let isFirst = true;
  vi.spyOn(host.lock, 'acquire').mockImplementation(async (holder, lockOptions) => {
    if (isFirst) {
      isFirst = false;
      await stopContainers(contextOn(host), { names: ['shop.web'], ...options });
    }
    return acquire(holder, lockOptions);
  });
  expect(await restart(host)).toEqual({ ok: true, value: false });
  expect((await declaredOn(host)).get('shop.web')?.held).toBe(true);
  expect(host.docker.containers.all().filter(({ running }) => running)).toEqual([]);
});
