import { expect, test } from 'vitest';
import { readEnvironment } from '../../../src/apply/environment-store.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { ValueSources } from '../../../src/core/descriptor/export/recovered-values.ts';
import { valueHashes } from '../../../src/core/model/host-record.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { recoverApps, type RecoverInput } from '../../../src/flows/recover.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import type { Event } from '../../../src/report/events.ts';
import type { RecoverReport } from '../../../src/report/values.ts';
import { anApp, applying, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run, runningOn } from './gear-in-memory.ts';

const shop = anApp('shop', {
  web: { env: { A: '1', TOKEN: 'hunter2' }, content: { '/etc/a': 'one' } },
  db: { mounts: [{ kind: 'volume', source: 'shop_data', target: '/data', options: [] }] },
});

async function deadWith(...apps: readonly AppRequest[]): Promise<RecoverInput> {
  const dead = withImages(new MemoryHost(), 'docker', 'web:1');
  await run(dead, applying(apps));
  const manifest = await readCurrentManifest(dead.files);
  if (manifest === null) throw new Error('nothing was applied');
  const described = apps.map((app): [string, ValueSources] => [
    app.app,
    {
      given: {},
      described: app,
      description: { paths: [], overlays: [], print: '', salt: '', hashes: valueHashes(manifest, app.app) },
    },
  ]);
  const names = apps.map(({ app }) => app);
  return {
    dead: 'web1',
    manifest,
    apps: names,
    sources: new Map(described),
    wait: true,
    timeoutMs: 60_000,
  };
}

async function recovering(host: MemoryHost, input: RecoverInput) {
  const events: Event[] = [];
  const context = { ...contextOn(host), emit: (event: Event) => events.push(event) };
  const result = await recoverApps(context, input, null);
  const report: RecoverReport | null = result.ok ? result.value : null;
  const failures: readonly Failure[] = result.ok ? (result.value.failures ?? []) : result.failures;
  return {
    report,
    failures,
    warnings: events.flatMap((each) => (each.type === 'warning' ? [each.message] : [])),
  };
}

test('an app of a dead host runs on another one, with its values, and tells of empty volumes', async () => {
  const input = await deadWith(shop);
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const { report, warnings } = await recovering(host, input);
  expect(report?.emptyVolumes).toEqual([{ instance: 'shop.db', volume: 'shop_data' }]);
  expect(warnings).toEqual([expect.stringContaining('shop_data is not on this host')]);
  expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
  const web = (await readCurrentManifest(host.files))?.instances.find(({ name }) => name === 'shop.web');
  expect(await readEnvironment(host.files, web?.environmentFile ?? '')).toEqual({ A: '1', TOKEN: 'hunter2' });
  const again = await recovering(host, input);
  expect(again.report?.instances.map(({ result }) => result)).toEqual(['unchanged', 'unchanged']);
  expect(again.warnings).toEqual([]);
});

test('what was held stays held', async () => {
  const input = await deadWith(anApp('shop', { web: {} }));
  const [web] = input.manifest.instances;
  if (web === undefined) throw new Error('no instance');
  const held = { ...web, hold: { by: 'anna', atMs: 1, reason: 'the disk' } };
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  await recovering(host, { ...input, manifest: { ...input.manifest, instances: [held] } });
  expect((await readCurrentManifest(host.files))?.instances[0]?.hold).toEqual(held.hold);
  expect(runningOn(host).size).toBe(0);
});

test('without its values an app is left out, and every value is named; given ones count first', async () => {
  const other = anApp('other', { web: {} });
  const input = await deadWith(shop, other);
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const without = new Map<string, ValueSources>([['shop', { given: { TOKEN: 'x' } }]]);
  const { failures, report } = await recovering(host, { ...input, sources: without });
  expect(failures.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^VALUE_UNKNOWN shop.web: the values of A are gone/),
    expect.stringMatching(/^VALUE_UNKNOWN shop.web: the contents of \/etc\/a are gone/),
  ]);
  expect(report?.left).toEqual(['shop']);
  expect([...(await declaredOn(host)).keys()]).toEqual(['other.web']);
});

test('a value that was set after the descriptor was applied is not taken from the descriptor', async () => {
  const input = await deadWith(anApp('shop', { web: { env: { A: '1' } } }));
  const [web] = input.manifest.instances;
  if (web === undefined) throw new Error('no instance');
  const later = { ...web, environmentFile: 'set-later' };
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const { failures } = await recovering(host, {
    ...input,
    manifest: { ...input.manifest, instances: [later] },
  });
  expect(failures).toMatchObject([{ code: 'VALUE_UNKNOWN' }]);
});

test('another app of that name is not replaced', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1', 'web:2');
  await run(host, installing(['web:2', 'shop'], { flags: { user: ['1000'] } }));
  const taken = await recovering(host, await deadWith(shop));
  expect(taken.failures).toMatchObject([{ code: 'NOT_OURS', subject: 'shop' }]);
});
