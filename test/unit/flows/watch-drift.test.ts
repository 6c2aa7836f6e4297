import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { applyTogether, mendTogether } from '../../../src/controller/change-host.ts';
import { inspectApps } from '../../../src/flows/watch-drift.ts';
import { anApp, withImages } from './apps-in-memory.ts';
import { contextOn, runningOn } from './gear-in-memory.ts';

const options = { start: true, wait: true, timeoutMs: 10_000 };
const unit = '/etc/gear/current/units/ctr-shop.web.service';

async function withShop(): Promise<MemoryHost> {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const shop = anApp('shop', { web: {} }, { engine: 'docker' });
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
