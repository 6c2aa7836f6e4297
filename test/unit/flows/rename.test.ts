import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { actionsIn, anApp, applying, type ContainerParts, planOn } from './apps-in-memory.ts';
import { contextOn, run, runningOn } from './gear-in-memory.ts';

/** A host with an image that declares a volume, and one that does not. */
function aHost(): MemoryHost {
  const host = new MemoryHost();
  host.docker.images.add('db:1', { volumes: ['/data'] });
  host.docker.images.add('db:2', { volumes: ['/data'] });
  host.docker.images.add('web:1');
  return host;
}

function shop(containers: Readonly<Record<string, ContainerParts>>): AppRequest {
  return anApp('shop', containers, { engine: 'docker' });
}

const db: ContainerParts = { image: 'db:1', env: { A: '1' } };

async function instanceOn(host: MemoryHost, name: string): Promise<Instance | undefined> {
  return (await readCurrentManifest(host.files))?.instances.find((each) => each.name === name);
}

async function volumeOf(host: MemoryHost, name: string): Promise<string | undefined> {
  return (await instanceOn(host, name))?.ownedVolumes[0]?.name;
}

describe('a container with another name and the same meaning', () => {
  test('takes the volumes of its image along, stops before it starts, and the plan says so', async () => {
    const host = aHost();
    await run(host, applying([shop({ db })]));
    const plan = await planOn(host, [shop({ store: db })]);
    expect(actionsIn(plan)).toEqual({ 'shop.db': 'removed', 'shop.store': 'renamed' });
    expect(plan.apps[0]?.containers.map(({ reason }) => reason)).toEqual([
      'renamed to shop.store',
      'renamed from shop.db; restarts, for the engine cannot rename what runs',
    ]);
    const mark = host.calls.mark;
    await run(host, applying([shop({ store: db })], { pruneVolumes: true }));
    expect(host.calls.since(mark).filter((call) => call.startsWith('systemd.st'))).toEqual([
      'systemd.stop ctr-shop.db.service',
      'systemd.start ctr-shop.store.service',
    ]);
    expect([...runningOn(host).keys()]).toEqual(['shop.store']);
    expect([...host.docker.volumes.keys()]).toEqual(['ctr-shop.db.data']);
    expect(await volumeOf(host, 'shop.store')).toBe('ctr-shop.db.data');
  });

  test('keeps them over further changes, renames and a way back', async () => {
    const host = aHost();
    await run(host, applying([shop({ db })]));
    await run(host, applying([shop({ store: db })]));
    expect(await planOn(host, [shop({ store: db })])).toMatchObject({ changes: false });
    const changed = { ...db, image: 'db:2' };
    await run(host, applying([shop({ store: changed })]));
    expect(await volumeOf(host, 'shop.store')).toBe('ctr-shop.db.data');
    await run(host, applying([shop({ data: changed })]));
    expect(await volumeOf(host, 'shop.data')).toBe('ctr-shop.db.data');
    await run(host, applying([shop({ db: changed })]));
    expect(await instanceOn(host, 'shop.db')).not.toHaveProperty('formerly');
    expect([...host.docker.volumes.keys()]).toEqual(['ctr-shop.db.data']);
  });

  test('that was stopped by a person stays stopped', async () => {
    const host = aHost();
    await run(host, applying([shop({ db })]));
    await run(host, (context) => stopContainers(context, { names: ['shop'], wait: true, timeoutMs: 60_000 }));
    await run(host, applying([shop({ store: db })]));
    expect([...runningOn(host).keys()]).toEqual([]);
    expect((await instanceOn(host, 'shop.store'))?.hold).toMatchObject({ by: 'root' });
  });

  test('has its volumes deleted by its new name', async () => {
    const host = aHost();
    await run(host, applying([shop({ db, web: {} })]));
    await run(host, applying([shop({ store: db, web: {} })]));
    await run(host, (context) => removeContainers(context, { names: ['shop.store'], volumes: true }));
    expect([...host.docker.volumes.keys()]).toEqual([]);
  });

  test('whose new form does not start goes back to the old name with its data', async () => {
    const host = aHost();
    await run(host, applying([shop({ db })]));
    host.payloads.behaviours.set('ctr-shop.store.service', 'fails at start');
    const report = await applying([shop({ store: db })])(contextOn(host));
    expect(report).toMatchObject({ ok: true, value: { left: ['shop'] } });
    expect([...runningOn(host).keys()]).toEqual(['shop.db']);
    expect([...host.docker.volumes.keys()]).toEqual(['ctr-shop.db.data']);
  });

  test.each([
    ['another image', { store: { ...db, image: 'db:2' } }],
    ['two that could be it', { store: db, other: db }],
  ])('is a new one with %s', async (_, containers: Readonly<Record<string, ContainerParts>>) => {
    const host = aHost();
    await run(host, applying([shop({ db })]));
    const plan = await planOn(host, [shop(containers)]);
    expect(actionsIn(plan)).toMatchObject({ 'shop.db': 'removed', 'shop.store': 'new' });
  });
});

test('a new container of a name that was given up cannot have the volumes which went with it', async () => {
  const host = aHost();
  await run(host, applying([shop({ db })]));
  await run(host, applying([shop({ store: db })]));
  const report = await run(host, applying([shop({ store: db, db: { ...db, env: { A: '2' } } })]));
  expect(report).toMatchObject({ left: ['shop'], failures: [{ code: 'VOLUME_TAKEN', subject: 'shop.db' }] });
});
