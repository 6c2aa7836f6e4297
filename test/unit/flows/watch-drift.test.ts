import { expect, onTestFinished, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { applyTogether, holdTogether, mendTogether } from '../../../src/controller/change-host.ts';
import { choosePaths, paths } from '../../../src/core/model/paths.ts';
import type { ListedUnit, UnitState } from '../../../src/ports/systemd.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { inspectApps } from '../../../src/flows/watch-drift.ts';
import { anApp, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, runningOn } from './gear-in-memory.ts';

const options = { start: true, wait: true, timeoutMs: 10_000 };
const service = 'ctr-shop.web.service';
const unit = '/etc/gear/current/units/ctr-shop.web.service';

async function withShop(engine: 'docker' | 'podman' = 'docker'): Promise<MemoryHost> {
  const host = withImages(new MemoryHost(), engine, 'web:1');
  const shop = anApp('shop', { web: {} }, { engine });
  await applyTogether((work) => work(contextOn(host)), [shop], options);
  return host;
}

async function driftsOf(host: MemoryHost, closely: boolean): Promise<readonly object[]> {
  const found = await inspectApps(contextOn(host), ['shop'], closely);
  return found.ok ? found.value.drifts : [{ failures: found.failures }];
}

/** Has systemd say this of the unit, in short and in full. */
async function systemdSays(host: MemoryHost, what: Partial<UnitState & ListedUnit>): Promise<void> {
  const systemd = await host.systemd();
  const [list, units] = [systemd.list.bind(systemd), systemd.units.bind(systemd)];
  vi.spyOn(systemd, 'list').mockImplementation(async (patterns) =>
    (await list(patterns)).map((each) => (each.unit === service ? { ...each, ...what } : each)),
  );
  vi.spyOn(systemd, 'units').mockImplementation(async (names) =>
    (await units(names)).map((each) => (each.unit === service ? { ...each, ...what } : each)),
  );
}

test.each(['edited', 'deleted'])(
  'a unit file that was %s is written anew, and nothing restarts',
  async (how) => {
    const host = await withShop();
    expect(await driftsOf(host, true)).toEqual([]);
    const before = new TextDecoder().decode((await host.files.read(unit)) ?? undefined);
    const running = runningOn(host);
    if (how === 'edited')
      await host.files.write(unit, before.replace('[Service]', '[Service]\nNice=5'), 0o644);
    else await host.files.remove(unit);
    expect(await driftsOf(host, true)).toEqual([
      {
        app: 'shop',
        instance: 'shop.web',
        reason: `somebody changed ctr-shop.web.service in its generation`,
        onPurpose: false,
      },
    ]);
    await mendTogether((work) => work(contextOn(host)), ['shop'], options);
    expect(new TextDecoder().decode((await host.files.read(unit)) ?? undefined)).toBe(before);
    expect(runningOn(host)).toEqual(running);
    expect(await driftsOf(host, true)).toEqual([]);
  },
);

test.each(['docker', 'podman'] as const)(
  'a container of %s that somebody renamed has its name again',
  async (engine) => {
    const host = await withShop(engine);
    expect(await driftsOf(host, false)).toEqual([]);
    const { containers } = host[engine];
    const [before = ''] = containers.all().map(({ name }) => name);
    containers.rename(before, 'elsewhere');
    expect(await driftsOf(host, false)).toContainEqual(
      expect.objectContaining({ app: 'shop', instance: 'shop.web', onPurpose: false }),
    );
    await mendTogether((work) => work(contextOn(host)), ['shop'], options);
    expect(containers.all().map(({ name, running }) => [name, running])).toEqual([[before, true]]);
    expect(await driftsOf(host, false)).toEqual([]);
  },
);

test('a crash loop in the middle of a start is systemd at work, and no drift', async () => {
  const host = await withShop();
  await systemdSays(host, { activeState: 'activating', subState: 'start', job: 'start' });
  const [container] = host.docker.containers.all();
  host.docker.containers.end(container?.name ?? '');
  expect(await driftsOf(host, false)).toEqual([]);
});

/** So long after a stop it is no part of a restart of the engine. */
const later = 30_000;

async function apply(
  host: MemoryHost,
  engine: 'docker' | 'podman' = 'docker',
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const shop = anApp('shop', { web: { env } }, { engine });
  await applyTogether((work) => work(contextOn(host)), [shop], options);
}

test('what had to be killed to be stopped was stopped by a person all the same, and stays so', async () => {
  const host = await withShop();
  host.clock.advance(later);
  await (await host.systemd()).stop(service);
  await systemdSays(host, { activeState: 'failed', subState: 'failed', result: 'exit-code' });
  host.clock.advance(later);
  expect(await driftsOf(host, false)).toEqual([
    { app: 'shop', instance: 'shop.web', reason: `somebody stopped ${service}`, onPurpose: true },
  ]);
  await mendTogether((work) => work(contextOn(host)), ['shop'], options);
  await apply(host);
  expect([...runningOn(host).keys()]).toEqual([]);
});

test('a stop is told also when the clock was set back after it', async () => {
  const host = await withShop();
  host.clock.advance(later);
  await (await host.systemd()).stop(service);
  await systemdSays(host, { activeState: 'failed', subState: 'failed', result: 'exit-code' });
  expect(await driftsOf(host, false)).toEqual([]);
  host.clock.advance(-3_600_000);
  expect(await driftsOf(host, false)).toMatchObject([{ reason: `somebody stopped ${service}` }]);
});

async function disableNow(host: MemoryHost): Promise<void> {
  const systemd = await host.systemd();
  await systemd.stop(service);
  for (const folder of ['', 'multi-user.target.wants/', 'docker.service.wants/'])
    await host.files.remove(`/etc/systemd/system/${folder}${service}`);
  await systemd.reload();
}

const disabled = {
  app: 'shop',
  instance: 'shop.web',
  reason: `somebody disabled and stopped ${service}`,
  onPurpose: true,
};

test.each(['docker', 'podman'] as const)(
  'what a person disabled and stopped stays so with %s, held over every change until it is started',
  async (engine) => {
    const host = await withShop(engine);
    await disableNow(host);
    expect(await driftsOf(host, false)).toEqual([{ ...disabled, holds: true }]);
    await mendTogether((work) => work(contextOn(host)), ['shop'], options);
    expect([...runningOn(host).keys()]).toEqual([]);
    await holdTogether((work) => work(contextOn(host)), ['shop']);
    expect(await driftsOf(host, false)).toEqual([disabled]);
    await apply(host, engine, { V: 'another' });
    expect([...runningOn(host).keys()]).toEqual([]);
    expect((await declaredOn(host)).get('shop.web')).toMatchObject({ held: true });
    await startContainers(contextOn(host), { names: ['shop.web'], wait: true, timeoutMs: 10_000 });
    expect([...runningOn(host).keys()]).toHaveLength(1);
    expect(await driftsOf(host, false)).toEqual([]);
  },
);

test('what had to be killed for it is held as well', async () => {
  const host = await withShop();
  host.clock.advance(later);
  await disableNow(host);
  const systemd = await host.systemd();
  const killed = {
    ...host.init.stateOf(service),
    ...{ loadState: 'not-found', activeState: 'failed', subState: 'failed', result: 'signal' },
    ...{ activeEnterMs: 1, stateChangeMs: host.clock.nowMs() },
  };
  vi.spyOn(systemd, 'list').mockResolvedValue([killed]);
  vi.spyOn(systemd, 'units').mockImplementation((names) =>
    Promise.resolve(names.map((name) => (name === service ? killed : host.init.stateOf(name)))),
  );
  host.clock.advance(later);
  expect(await driftsOf(host, false)).toEqual([{ ...disabled, holds: true }]);
});

test('what a person disabled and stopped while nobody watched is held by the first change of its app', async () => {
  const host = await withShop();
  await disableNow(host);
  await apply(host, 'docker', { V: 'another' });
  await apply(host);
  expect([...runningOn(host).keys()]).toEqual([]);
  expect(await driftsOf(host, false)).toEqual([disabled]);
});

test('a stop that is under way is no drift, and is not cut short', async () => {
  const host = await withShop();
  await systemdSays(host, { activeState: 'deactivating', subState: 'stop-sigterm', job: 'stop' });
  await host.files.remove(`/etc/systemd/system/${service}`);
  expect(await driftsOf(host, false)).toEqual([]);
});

test('what a person disabled and runs is enabled again', async () => {
  const host = await withShop();
  for (const folder of ['', 'multi-user.target.wants/', 'docker.service.wants/'])
    await host.files.remove(`/etc/systemd/system/${folder}${service}`);
  await systemdSays(host, { loadState: 'not-found' });
  const found = await inspectApps(contextOn(host), ['shop'], false);
  expect(found.ok && found.value.drifts.map(({ onPurpose }) => onPurpose)).toEqual([false, false, false]);
});

test("a drop-in is told also where a user's systemd looks for those of the runtime", async () => {
  const ofSystem = paths;
  choosePaths({ ...ofSystem, runtimeUnits: '/run/user/1000/systemd/user' });
  onTestFinished(() => choosePaths(ofSystem));
  const host = await withShop();
  const file = `/run/user/1000/systemd/user/${service}.d/nice.conf`;
  await host.files.write(file, '[Service]\nNice=5\n', 0o644);
  expect(await driftsOf(host, false)).toMatchObject([
    { reason: `somebody's drop-in changes it: ${file}`, onPurpose: true },
  ]);
});
