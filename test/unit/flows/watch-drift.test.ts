import { expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { applyTogether, mendTogether } from '../../../src/controller/change-host.ts';
import { inspectApps } from '../../../src/flows/watch-drift.ts';
import { anApp, withImages } from './apps-in-memory.ts';
import { contextOn, runningOn } from './gear-in-memory.ts';

const options = { start: true, wait: true, timeoutMs: 10_000 };
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
  const systemd = await host.systemd();
  const list = systemd.list.bind(systemd);
  vi.spyOn(systemd, 'list').mockImplementation(async (patterns) =>
    (await list(patterns)).map((each) => ({
      ...each,
      ...(each.unit === 'ctr-shop.web.service'
        ? { activeState: 'activating', subState: 'start', job: 'start' }
        : {}),
    })),
  );
  const [container] = host.docker.containers.all();
  host.docker.containers.end(container?.name ?? '');
  expect(await driftsOf(host, false)).toEqual([]);
});
