import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { applyApps } from '../../../src/flows/apply.ts';
import { anApp, applying, planOn, withImages } from './apps-in-memory.ts';
import { contextOn, run } from './gear-in-memory.ts';

const unit = 'ctr-shop.web.service';

describe.each(['docker', 'podman'] as const)('what an earlier apply left starting, with %s', (engine) => {
  const shop = anApp('shop', { web: {}, db: {} }, { engine });

  /** A host on which a start is begun, and gear has gone away. */
  async function starting(): Promise<MemoryHost> {
    const host = withImages(new MemoryHost(), engine, 'web:1');
    host.payloads.behaviours.set(unit, 'hangs at start');
    const begun = { apps: [shop], failures: [], pull: 'missing', pruneVolumes: false, start: true } as const;
    const result = await applyApps(contextOn(host), { ...begun, wait: false, timeoutMs: 1000 });
    expect(result.ok).toBe(true);
    return host;
  }

  test('is waited for by the next, which then tells that all is well', async () => {
    const host = await starting();
    let done = false;
    const applied = run(host, applying([shop])).then((report) => {
      done = true;
      return report;
    });
    // Every call of a host in memory has been answered by then.
    await new Promise(setImmediate);
    expect(done).toBe(false);
    host.payloads.behaviours.delete(unit);
    host.init.settle(unit);
    const { instances } = await applied;
    expect(Object.fromEntries(instances.map(({ name, result }) => [name, result]))).toMatchObject({
      'shop.web': 'mended',
      'shop.db': 'unchanged',
    });
  });

  test('and does not come in time is told as that, and not as taken back: nothing is begun again', async () => {
    const host = await starting();
    const report = run(host, applying([shop]));
    await new Promise(setImmediate);
    const mark = host.calls.mark;
    host.clock.advance(61_000);
    const { failures } = await report;
    expect(failures).toMatchObject([{ code: 'START_FAILED', subject: 'shop.web' }]);
    expect(host.calls.since(mark).filter((call) => call.includes(unit))).toEqual([]);
  });

  test('changes nothing by itself, so a plan of it is empty', async () => {
    expect((await planOn(await starting(), [shop])).changes).toBe(false);
  });
});
