import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { NetworkRequest, NetworkSpec } from '../../../src/core/model/network.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { actionsIn, anApp, applying, type ContainerParts, planOn } from './apps-in-memory.ts';
import { contextOn, run, runningOn } from './gear-in-memory.ts';

const engine = { engine: 'docker' } as const;
const wait = { wait: true, timeoutMs: 60_000 } as const;

function aHost(): MemoryHost {
  const host = new MemoryHost();
  for (const image of ['web:1', 'web:2']) host.docker.images.add(image);
  return host;
}

/** Two containers on the app's network, one beside it. */
function shop(spec: NetworkSpec, web: ContainerParts = {}, more: readonly NetworkRequest[] = []): AppRequest {
  return anApp(
    'shop',
    { web, db: {}, alone: { networks: [] } },
    { ...engine, networks: [{ name: 'shop_default', spec }, ...more] },
  );
}

/** What systemd, and the engine about networks, were asked, in order. */
function stepsSince(host: MemoryHost, mark: number): readonly string[] {
  return host.calls
    .since(mark)
    .filter((call) => /^systemd\.(stop|start|restart)|Network|^files\.link .*current/.test(call));
}

async function subnetOn(host: MemoryHost): Promise<readonly string[] | undefined> {
  return (await host.docker.network('shop_default'))?.subnets;
}

describe('a network that is to be another one by the same name', () => {
  test('is made anew between the stop and the start of those on it, and of nobody else', async () => {
    const host = aHost();
    await run(host, applying([shop({ subnet: '10.1.0.0/24' })]));
    const changed = shop({ subnet: '10.2.0.0/24' });
    const plan = await planOn(host, [changed]);
    expect(actionsIn(plan)).toEqual({
      'shop.alone': 'unchanged',
      'shop.db': 'restarted',
      'shop.web': 'restarted',
    });
    expect(plan.apps[0]?.networks).toEqual([
      { name: 'shop_default', isNew: false, changes: 'subnet: 10.1.0.0/24 → 10.2.0.0/24' },
    ]);
    const mark = host.calls.mark;
    const report = await run(host, applying([changed]));
    expect(report.instances.map(({ result }) => result)).toEqual(['restarted', 'restarted', 'unchanged']);
    expect(stepsSince(host, mark)).toEqual([
      'systemd.stop ctr-shop.db.service',
      'systemd.stop ctr-shop.web.service',
      'docker.removeNetwork shop_default',
      'files.link /etc/gear/current -> /etc/gear/generations/2',
      'docker.ensureNetwork shop_default',
      'systemd.start ctr-shop.db.service',
      'systemd.start ctr-shop.web.service',
    ]);
    expect(await subnetOn(host)).toEqual(['10.2.0.0/24']);
    expect(await planOn(host, [changed])).toMatchObject({ changes: false, operations: [] });
  });

  test('keeps the subnet that was chosen for it when something else changes', async () => {
    const host = aHost();
    await run(host, applying([shop({})]));
    const before = await subnetOn(host);
    await run(host, applying([shop({ internal: true })]));
    expect(await subnetOn(host)).toEqual(before);
    expect((await host.docker.network('shop_default'))?.internal).toBe(true);
  });

  test('starts nobody who is held, and no job that is done', async () => {
    const host = aHost();
    const withJob = (spec: NetworkSpec): AppRequest =>
      anApp(
        'shop',
        { web: {}, migrate: { job: true, restart: 'on-failure' } },
        { ...engine, networks: [{ name: 'shop_default', spec }] },
      );
    await run(host, applying([withJob({})]));
    await run(host, (context) => stopContainers(context, { names: ['shop.web'], ...wait }));
    const mark = host.calls.mark;
    await run(host, applying([withJob({ internal: true })]));
    expect(stepsSince(host, mark)).toEqual([
      'docker.removeNetwork shop_default',
      'files.link /etc/gear/current -> /etc/gear/generations/3',
      'docker.ensureNetwork shop_default',
    ]);
  });

  test('is back as it was when what joins it does not start', async () => {
    const host = aHost();
    await run(host, applying([shop({ subnet: '10.1.0.0/24' })]));
    const before = runningOn(host);
    const changed = shop({ subnet: '10.2.0.0/24' }, { image: 'web:2' });
    const { forms } = await planOn(host, [changed]);
    host.payloads.behaviours.set(forms['shop.web'] ?? '', 'fails at start');
    const result = await applying([changed])(contextOn(host));
    expect(result).toMatchObject({ ok: true, value: { left: ['shop'] } });
    expect(await subnetOn(host)).toEqual(['10.1.0.0/24']);
    expect([...runningOn(host)]).toEqual([...before]);
    const manifest = await readCurrentManifest(host.files);
    expect(manifest?.networks?.map(({ spec }) => spec.subnet)).toEqual(['10.1.0.0/24']);
  });

  test('stays while a stranger’s container is on it, and what was stopped for it runs again', async () => {
    const host = aHost();
    await run(host, applying([shop({ subnet: '10.1.0.0/24' })]));
    host.docker.containers.create('theirs', ['create', '--network', 'shop_default', 'web:1']);
    const report = await run(host, applying([shop({ subnet: '10.2.0.0/24' })]));
    expect(report.failures).toMatchObject([{ code: 'NETWORK_IN_USE' }]);
    expect(report.failures?.[0]?.message).toContain('theirs');
    expect(await subnetOn(host)).toEqual(['10.1.0.0/24']);
    expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.alone', 'shop.db', 'shop.web']);
  });

  test('is refused while a container of another app is on it', async () => {
    const host = aHost();
    const blog = anApp(
      'blog',
      { web: { networks: [{ name: 'shop_default', aliases: [] }] } },
      { ...engine, networks: [{ name: 'shop_default', external: true, spec: {} }] },
    );
    await run(host, applying([shop({})]));
    await run(host, applying([blog]));
    const mark = host.calls.mark;
    const report = await run(host, applying([shop({ internal: true })]));
    expect(report.failures).toMatchObject([{ code: 'NETWORK_IN_USE' }]);
    expect(report.failures?.[0]?.next).toContain('gear stop blog.web');
    expect(stepsSince(host, mark)).toEqual([]);
  });

  test('stays as it is with --only', async () => {
    const host = aHost();
    await run(host, applying([shop({})]));
    await run(host, applying([shop({ internal: true }, { image: 'web:2' })], { only: ['web'] }));
    expect((await host.docker.network('shop_default'))?.internal).toBe(false);
  });

  test('is rolled back with its app', async () => {
    const host = aHost();
    await run(host, applying([shop({ subnet: '10.1.0.0/24' })]));
    await run(host, applying([shop({ subnet: '10.2.0.0/24' })]));
    await run(host, (context) => rollback(context, { name: 'shop', ...wait }));
    expect(await subnetOn(host)).toEqual(['10.1.0.0/24']);
  });
});
