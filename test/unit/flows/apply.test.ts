import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import { generationPath } from '../../../src/core/model/paths.ts';
import { confirmAndApply } from '../../../src/flows/apply.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import { startContainers } from '../../../src/flows/start.ts';
import type { Event } from '../../../src/report/events.ts';
import type { PlanReport } from '../../../src/report/values-of-plans.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { actionsIn, anApp, applying, type ContainerParts, planOn, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, run, runningOn } from './gear-in-memory.ts';

const engine = { engine: 'docker' } as const;

function aHost(): MemoryHost {
  return withImages(new MemoryHost(), 'docker', 'web:1', 'web:2', 'db:1');
}

function shop(web: ContainerParts = {}, more: Readonly<Record<string, ContainerParts>> = {}): AppRequest {
  return anApp('shop', { web, db: { image: 'db:1' }, ...more }, engine);
}

const port = { hostIp: '', hostPort: 80, containerPort: 80, protocol: 'tcp' } as const;

async function textsOf(host: MemoryHost, app: string): Promise<Readonly<Record<string, string>>> {
  const manifest = await readCurrentManifest(host.files);
  const names = Object.keys(manifest?.units ?? {}).filter((unit) => unit.startsWith(`ctr-${app}`));
  const texts = names.map(async (name) => {
    const content = await host.files.read(`${generationPath(manifest?.generation ?? 0)}/units/${name}`);
    return [name, new TextDecoder().decode(content ?? new Uint8Array())] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

describe('applying an app', () => {
  test('declares its containers in one generation with one reload, on a network of its own', async () => {
    const host = aHost();
    const before = host.init.counts.reloads;
    const report = await run(host, applying([shop()]));
    expect(report.instances.map(({ name, result }) => [name, result])).toEqual([
      ['shop.web', 'installed'],
      ['shop.db', 'installed'],
    ]);
    expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
    expect(host.init.counts.reloads - before).toBe(1);
    expect(host.docker.networks.all().map(({ name }) => name)).toEqual(['shop_default']);
    const manifest = await readCurrentManifest(host.files);
    expect(manifest).toMatchObject({ generation: 1, networks: [{ app: 'shop', name: 'shop_default' }] });
  });

  test('a second time changes nothing', async () => {
    const host = aHost();
    await run(host, applying([shop()]));
    expect(await planOn(host, [shop()])).toMatchObject({ changes: false, operations: [] });
    const mark = host.calls.mark;
    const report = await run(host, applying([shop()]));
    expect(report.instances.map(({ result }) => result)).toEqual(['unchanged', 'unchanged']);
    expect(host.calls.since(mark)).toEqual([]);
  });

  test('removes what left the descriptor, and nothing of another app', async () => {
    const host = aHost();
    await run(host, applying([shop(), anApp('blog', { web: {} }, engine)]));
    const only = anApp('shop', { web: {} }, engine);
    expect(actionsIn(await planOn(host, [only]))).toEqual({ 'shop.db': 'removed', 'shop.web': 'unchanged' });
    await run(host, applying([only]));
    expect([...runningOn(host).keys()].toSorted()).toEqual(['blog.web', 'shop.web']);
  });

  test('with --only changes that container, and lets stay what left', async () => {
    const host = aHost();
    await run(host, applying([shop()]));
    const changed = anApp('shop', { web: { image: 'web:2' }, other: {} }, engine);
    await run(host, applying([changed], { only: ['web'] }));
    expect([...(await declaredOn(host)).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
    expect((await readCurrentManifest(host.files))?.instances.map(({ spec }) => spec.image)).toEqual([
      'db:1',
      'web:2',
    ]);
  });

  test('starts dependencies first', async () => {
    const host = aHost();
    const mark = host.calls.mark;
    await run(host, applying([anApp('shop', { a: { after: ['b'] }, b: { after: ['c'] }, c: {} }, engine)]));
    const starts = host.calls.since(mark).filter((call) => call.startsWith('systemd.start'));
    expect(starts).toEqual([
      'systemd.start ctr-shop.c.service',
      'systemd.start ctr-shop.b.service',
      'systemd.start ctr-shop.a.service',
    ]);
  });

  test('whose container is needed by another keeps it, and says by which', async () => {
    const host = aHost();
    await run(host, applying([shop({ after: ['db'] })]));
    const result = await removeContainers(contextOn(host), { names: ['shop.db'], volumes: false });
    expect(result).toMatchObject({
      ok: false,
      failures: [
        {
          message: 'shop.db cannot go: shop.web depends on it',
          next: expect.stringContaining('gear rm shop.web shop.db') as string,
        },
      ],
    });
  });

  test('with a word in --only that no container is called by is refused, and changes nothing', async () => {
    const host = aHost();
    await run(host, applying([shop()]));
    const mark = host.calls.mark;
    const result = await applying([shop({ env: { A: '2' } })], { only: ['wbe'] })(contextOn(host));
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'NAME_UNKNOWN', subject: 'wbe' }] });
    expect(host.calls.since(mark)).toEqual([]);
  });

  test('deletes volumes of what left only when it is asked to, and never another app’s', async () => {
    const host = aHost();
    const data = { kind: 'volume', source: 'shop_data', target: '/data', options: [] } as const;
    const foreign = { ...data, source: 'blog_data' };
    await run(
      host,
      applying([
        shop({}, { old: { mounts: [data] } }),
        anApp('blog', { web: { mounts: [foreign] } }, engine),
      ]),
    );
    await run(host, applying([shop()]));
    expect([...host.docker.volumes.keys()].toSorted()).toEqual(['blog_data', 'shop_data']);
    await run(host, applying([shop()], { pruneVolumes: true }));
    expect([...host.docker.volumes.keys()]).toEqual(['blog_data']);
  });

  test('deletes them where the change waits for a check, as well', async () => {
    const host = aHost();
    const data = { kind: 'volume', source: 'shop_data', target: '/data', options: [] } as const;
    await run(host, applying([shop({}, { old: { mounts: [data] } })]));
    const checked = shop({ env: { A: '2' }, health: { command: ['true'] } });
    await run(host, applying([checked], { pruneVolumes: true }));
    expect([...host.docker.volumes.keys()]).toEqual([]);
  });

  test('keeps those of an app that goes back', async () => {
    const host = aHost();
    const data = { kind: 'volume', source: 'shop_data', target: '/data', options: [] } as const;
    await run(host, applying([shop({}, { old: { mounts: [data] } })]));
    await run(host, applying([shop()]));
    host.calls.refuse(/start ctr-shop.web/, { code: 'START_FAILED', message: 'no', next: 'look' });
    const checked = shop({ env: { A: '2' }, health: { command: ['true'] } });
    const result = await applying([checked], { pruneVolumes: true })(contextOn(host));
    expect(result.ok && result.value.left).toEqual(['shop']);
    expect([...host.docker.volumes.keys()]).toEqual(['shop_data']);
  });

  test('moves a port from a container that changes to another one', async () => {
    const host = aHost();
    await run(host, applying([shop({ ports: [port] })]));
    host.listeners.push({ protocol: 'tcp', address: '0.0.0.0', port: 80 });
    const moved = anApp('shop', { web: {}, db: { image: 'db:1', ports: [port] } }, engine);
    const mark = host.calls.mark;
    await run(host, applying([moved]));
    const jobs = host.calls.since(mark).filter((call) => call.startsWith('systemd.'));
    expect(jobs[0]).toBe('systemd.stop ctr-shop.web.service');
    expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
  });
});

describe('applying with --no-start', () => {
  test('installs what is new stopped, which later applies respect until a start', async () => {
    const host = aHost();
    const plan = await planOn(host, [shop()], { start: false });
    expect(plan.apps[0]?.containers.map(({ reason }) => reason)).toEqual(['stays stopped', 'stays stopped']);
    const report = await run(host, applying([shop()], { start: false }));
    expect(report.instances.map(({ result }) => result)).toEqual(['held', 'held']);
    await run(host, applying([shop()], { start: false }));
    await run(host, applying([shop({ image: 'web:2' })]));
    expect([...runningOn(host).keys()]).toEqual([]);
    await run(host, (context) =>
      startContainers(context, { names: ['shop'], wait: true, timeoutMs: 60_000 }),
    );
    expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
  });

  test('holds back an app that is not stopped, unless only what is new is meant', async () => {
    const host = aHost();
    await run(host, applying([shop()]));
    const more = shop({}, { other: {} });
    const refused = await applying([more], { start: false })(contextOn(host));
    expect(refused.ok ? [] : refused.failures.map(({ subject }) => subject)).toEqual(['shop.web', 'shop.db']);
    await run(host, applying([more], { start: false, only: ['other'] }));
    expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
    expect((await declaredOn(host)).has('shop.other')).toBe(true);
  });
});

/** systemd.service(5): since 254. */
const newerDirective = { section: 'Service', name: 'RestartSteps', value: '5' } as const;

describe('an app that cannot be applied', () => {
  const blog = anApp('blog', { web: {} }, engine);

  test.each([
    ['an image that does not exist', { image: 'absent:1' }, 'IMAGE_UNKNOWN'],
    ['a secret that the host does not have', { secretEnv: { PASSWORD: 'pg' } }, 'SECRET_UNKNOWN'],
    [
      'a bind source that is absent',
      { mounts: [{ kind: 'bind', source: '/absent', target: '/x', options: [] }] },
      'BIND_SOURCE',
    ],
    ['a port that is taken', { ports: [port] }, 'PORT_TAKEN'],
    ['an option that its engine has not', { options: { userns: 'keep-id' } }, 'VALUE_INVALID'],
    [
      'options that contradict each other',
      { options: { privileged: true, 'cap-drop': ['ALL'] } },
      'VALUE_INVALID',
    ],
    ['a directive that its systemd has not', { directives: [newerDirective] }, 'DIRECTIVE_UNKNOWN'],
  ] as const)('for %s is held back, and the others are applied', async (_, parts, code) => {
    const host = aHost();
    host.init.release = 252;
    host.listeners.push({ protocol: 'tcp', address: '0.0.0.0', port: 80 });
    const report = await run(host, applying([shop(parts), blog]));
    expect(report.left).toEqual(['shop']);
    expect(report.failures?.map((failure) => failure.code)).toEqual([code]);
    expect([...runningOn(host).keys()]).toEqual(['blog.web']);
    expect(host.docker.networks.all().map(({ name }) => name)).toEqual(['blog_default']);
  });

  test('alone is a failure, and nothing is touched', async () => {
    const host = aHost();
    const mark = host.calls.mark;
    const result = await applying([shop({ image: 'absent:1' })])(contextOn(host));
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'IMAGE_UNKNOWN' }] });
    expect(host.calls.since(mark).filter((call) => !call.includes('pull'))).toEqual([]);
  });

  test('while it is prepared is held back too', async () => {
    const host = aHost();
    const refused = { code: 'ENGINE_FAILED', message: 'no', next: '', subject: 'shop.web' } as const;
    host.calls.refuse(/create ctr-shop\.web/, refused);
    const report = await run(host, applying([shop(), blog]));
    expect(report.left).toEqual(['shop']);
    expect([...runningOn(host).keys()]).toEqual(['blog.web']);
    expect(host.docker.containers.all().map(({ labels }) => labels['gear.name'])).toEqual(['blog.web']);
    expect(host.docker.networks.all().map(({ name }) => name)).toEqual(['blog_default']);
  });
});

describe('an app that fails when it starts', () => {
  const blog = anApp('blog', { web: {} }, engine);

  test('goes back whole, what left its descriptor too, and others stay byte for byte', async () => {
    const host = aHost();
    await run(host, applying([shop({}, { old: {} }), blog]));
    const running = runningOn(host);
    const texts = [await textsOf(host, 'shop'), await textsOf(host, 'blog')];
    const changed = shop({ image: 'web:2' }, { more: {} });
    const { forms } = await planOn(host, [changed]);
    host.payloads.behaviours.set(forms['shop.web'] ?? '', 'fails at start');
    const report = await run(host, applying([changed, anApp('blog', { web: { image: 'web:2' } }, engine)]));
    expect(report.left).toEqual(['shop']);
    expect(report.failures?.[0]).toMatchObject({ code: 'TAKEN_BACK', subject: 'shop.web' });
    expect(report.instances.map(({ name, result }) => [name, result])).toEqual([['blog.web', 'updated']]);
    expect(await textsOf(host, 'shop')).toEqual(texts[0]);
    const now = runningOn(host);
    for (const name of ['shop.db', 'shop.old']) expect(now.get(name)).toEqual(running.get(name));
    expect([...now.keys()]).not.toContain('shop.more');
    expect((await readCurrentManifest(host.files))?.instances.map(({ name }) => name)).toEqual([
      'blog.web',
      'shop.db',
      'shop.old',
      'shop.web',
    ]);
  });

  test('and is new goes again, with its network and the volumes made for it', async () => {
    const host = aHost();
    await run(host, applying([blog]));
    const texts = await textsOf(host, 'blog');
    const data = { kind: 'volume', source: 'shop_data', target: '/data', options: [] } as const;
    host.payloads.behaviours.set('ctr-shop.web.service', 'fails at start');
    const report = await run(host, applying([shop({ mounts: [data] }), blog]));
    expect(report.left).toEqual(['shop']);
    expect([...(await declaredOn(host)).keys()]).toEqual(['blog.web']);
    expect([...runningOn(host).keys()]).toEqual(['blog.web']);
    expect(host.docker.networks.all().map(({ name }) => name)).toEqual(['blog_default']);
    expect([...host.docker.volumes.keys()]).toEqual([]);
    expect(await textsOf(host, 'blog')).toEqual(texts);
  });
});

test('who takes a port from an app that goes back goes back as well, whoever took one of theirs too, and others stay', async () => {
  const host = aHost();
  const other = { ...port, hostPort: 81 };
  const blog = (parts: ContainerParts) => anApp('blog', { web: parts }, engine);
  const wiki = (parts: ContainerParts) => anApp('wiki', { web: parts }, engine);
  const before = [shop({ ports: [port] }), blog({ ports: [other] }), wiki({})];
  await run(host, applying(before));
  const after = [shop({ image: 'web:2' }), blog({ ports: [port] }), wiki({ ports: [other] })];
  const free = anApp('free', { web: {} }, engine);
  const { forms } = await planOn(host, after);
  host.payloads.behaviours.set(forms['shop.web'] ?? '', 'fails at start');
  const report = await run(host, applying([...after, free]));
  expect(report.left?.toSorted()).toEqual(['blog', 'shop', 'wiki']);
  expect(report.failures?.map(({ code, subject, message }) => [code, subject, message])).toContainEqual([
    'PORT_TAKEN',
    'blog.web',
    'blog.web: the port 80:80/tcp is of shop.web again, which went back; what ran before runs again',
  ]);
  expect(await planOn(host, before)).toMatchObject({ changes: false, operations: [] });
  expect([...runningOn(host).keys()]).toContain('free.web');
});

describe('a container that does not start because of another', () => {
  test.each([
    ['is not ready', { health: { command: ['true'] } }, 'ctr-shop.store-ready.service', 'never ready'],
    ['does not run', {}, 'ctr-shop.store.service', 'fails at start'],
    ['did not succeed', { job: true, restart: 'on-failure' }, 'ctr-shop.store.service', 'fails at start'],
  ] as const)('which %s is told with that one’s name and lines', async (words, store, unit, behaviour) => {
    const host = aHost();
    const app = shop({ requires: ['api'] }, { api: { requires: ['store'] }, store });
    host.payloads.behaviours.set(unit, behaviour);
    host.journal.add('ctr-shop.store.service', 'the disk is full');
    const gate = 'gear: shop.store: is not ready yet; of its check, the last status was 127: ping: not found';
    host.journal.add('ctr-shop.store-ready.service', gate);
    const { failures = [] } = await run(host, applying([app]));
    const web = failures.find(({ subject }) => subject === 'shop.web');
    expect(web?.message).toContain(`shop.web did not start: it waits for shop.store, which ${words}`);
    const why = '; the last status was 127: ping: not found';
    expect(web?.message.includes(why)).toBe(words === 'is not ready');
    // It is gone again, and gear knows no container of that name.
    expect(web?.next).toBe('journalctl --unit ctr-shop.store.service --unit ctr-shop.store-ready.service');
    const last = words === 'is not ready' ? 'shop.store: the disk is full' : undefined;
    expect(web?.details?.at(-1)).toBe(last);
  });
});

test('a job that ends with another status than 0 is told as one that failed', async () => {
  const host = aHost();
  const app = shop({}, { migrate: { job: true, restart: 'no' } });
  host.payloads.behaviours.set('ctr-shop.migrate.service', 'fails at start');
  const { failures = [] } = await run(host, applying([app]));
  const migrate = failures.find(({ subject }) => subject === 'shop.migrate');
  expect(migrate?.message).toMatch(/^shop\.migrate failed: exit status \d+/);
});

test('a container whose network another one has, which does not start, is told with that one’s name', async () => {
  const host = aHost();
  const app = shop({}, { side: { networkMode: 'container:shop.web' } });
  host.payloads.behaviours.set('ctr-shop.web.service', 'fails at start');
  const { failures = [] } = await run(host, applying([app]));
  const side = failures.find(({ subject }) => subject === 'shop.side');
  expect(side?.message).toContain('shop.side did not start: it waits for shop.web, which does not run');
});

test('lines that a container says at each try are told once', async () => {
  const host = aHost();
  host.payloads.behaviours.set('ctr-shop.web.service', 'fails at start');
  for (const line of ['the disk is full', 'giving up', 'the disk is full', 'giving up'])
    host.journal.add('ctr-shop.web.service', line);
  const { failures = [] } = await run(host, applying([shop()]));
  const web = failures.find(({ subject }) => subject === 'shop.web');
  expect(web?.details?.filter((line) => !line.startsWith('gear: '))).toEqual([
    'the disk is full',
    'giving up',
  ]);
});

describe('an app that was applied from another file before', () => {
  const from = (file: string) => ({ sources: new Map([['shop', { path: file }]]) });

  test('is warned of when containers of that would go, in the plan and without one', async () => {
    const host = aHost();
    await run(host, applying([shop()], from('/srv/a/shop.yaml')));
    const other = anApp('shop', { web: {}, cache: {} }, engine);
    const [planned] = (await planOn(host, [other], from('/srv/b/shop.yaml'))).apps;
    expect(planned?.warning).toContain('/srv/a/shop.yaml before, and this is /srv/b/shop.yaml: shop.db');
    const events: Event[] = [];
    const context = { ...contextOn(host), emit: (event: Event) => events.push(event) };
    await applying([other], from('/srv/b/shop.yaml'))(context);
    expect(events).toContainEqual({ type: 'warning', subject: 'shop', message: planned?.warning });
  });

  test('is not when nothing goes, or the file is the same, or other commands came between', async () => {
    const host = aHost();
    await run(host, applying([shop()], from('/srv/a/shop.yaml')));
    const moved = await planOn(host, [shop({ image: 'web:2' })], from('/srv/b/shop.yaml'));
    expect(moved.apps[0]).not.toHaveProperty('warning');
    await run(host, applying([anApp('blog', { web: {} }, engine)]));
    const fewer = anApp('shop', { web: {} }, engine);
    const same = await planOn(host, [fewer], from('/srv/a/shop.yaml'));
    expect(same.apps[0]).not.toHaveProperty('warning');
    const other = await planOn(host, [fewer], from('/srv/b/shop.yaml'));
    expect(other.apps[0]).toHaveProperty('warning');
  });

  test('keeps which files were laid over it until it is applied without them', async () => {
    const host = aHost();
    const sources = new Map([['shop', { path: '/srv/shop.yaml', overlays: ['/srv/prod.yaml'] }]]);
    await run(host, applying([shop()], { sources }));
    await run(host, applying([anApp('blog', { web: {} }, engine)]));
    const kept = await readCurrentManifest(host.files);
    expect(kept).toMatchObject({
      sources: { shop: '/srv/shop.yaml' },
      overlays: { shop: ['/srv/prod.yaml'] },
    });
    await run(host, applying([shop({ image: 'web:2' })], from('/srv/shop.yaml')));
    expect(await readCurrentManifest(host.files)).not.toHaveProperty('overlays');
  });
});

describe('jobs, schedules and files', () => {
  const migrate: ContainerParts = { job: true, restart: 'on-failure' };

  test('a job runs once per form, and what comes after it waits for its success', async () => {
    const host = aHost();
    const app = shop({ after: ['migrate'] }, { migrate });
    await run(host, applying([app]));
    expect(host.init.stateOf('ctr-shop.migrate.service')).toMatchObject({ activeState: 'active' });
    expect((await planOn(host, [app])).changes).toBe(false);
    const mark = host.calls.mark;
    await run(host, applying([shop({ after: ['migrate'] }, { migrate: { ...migrate, image: 'web:2' } })]));
    const jobs = host.calls.since(mark).filter((call) => call.startsWith('systemd.'));
    expect(jobs).toEqual([
      'systemd.stop ctr-shop.migrate.service',
      'systemd.reload',
      'systemd.start ctr-shop.migrate.service',
    ]);
  });

  test('a job that fails takes the app back, and its own failure comes last', async () => {
    const host = aHost();
    host.payloads.behaviours.set('ctr-shop.migrate.service', 'fails at start');
    const result = await applying([shop({ after: ['migrate'] }, { migrate })])(contextOn(host));
    const failures = result.ok ? result.value.failures : [];
    expect(failures?.at(-1)).toMatchObject({ code: 'TAKEN_BACK', subject: 'shop.migrate' });
    expect(runningOn(host).size).toBe(0);
  });

  test('of a scheduled container the timer is started and linked, and not the container', async () => {
    const host = aHost();
    const app = shop({}, { backup: { schedule: '*-*-* 03:00', restart: 'no' } });
    await run(host, applying([app]));
    expect(host.init.stateOf('ctr-shop.backup.timer').activeState).toBe('active');
    expect(host.init.stateOf('ctr-shop.backup.service').activeState).toBe('inactive');
    expect(await host.files.list('/etc/systemd/system/timers.target.wants')).toMatchObject([
      { name: 'ctr-shop.backup.timer' },
    ]);
    expect((await planOn(host, [app])).changes).toBe(false);
    await run(host, applying([shop()]));
    expect(host.init.stateOf('ctr-shop.backup.timer').activeState).toBe('inactive');
    expect(await host.files.list('/etc/systemd/system/timers.target.wants')).toEqual([]);
    expect((await host.files.list('/etc/systemd/system')).map(({ name }) => name)).not.toContain(
      'ctr-shop.backup.timer',
    );
  });

  test('a changed file restarts the container, or with reload is told to it while it runs on', async () => {
    const host = aHost();
    const web = (content: string, more: ContainerParts = {}): AppRequest =>
      shop({ content: { '/etc/web.conf': content }, ...more });
    await run(host, applying([web('a')]));
    expect(actionsIn(await planOn(host, [web('b')]))).toMatchObject({ 'shop.web': 'changed' });
    const reload = { reload: { kind: 'signal', signal: 'HUP' } } as const;
    await run(host, applying([web('b', reload)]));
    const { mainPid } = host.init.stateOf('ctr-shop.web.service');
    const plan = await planOn(host, [web('c', reload)]);
    expect(actionsIn(plan)).toEqual({ 'shop.web': 'reloaded', 'shop.db': 'unchanged' });
    const report = await run(host, applying([web('c', reload)]));
    expect(report.instances.map(({ result }) => result)).toEqual(['reloaded', 'unchanged']);
    expect(host.init.stateOf('ctr-shop.web.service').mainPid).toBe(mainPid);
    expect((await planOn(host, [web('c', reload)])).changes).toBe(false);
  });

  test('a plan shows no value of the environment', async () => {
    const host = aHost();
    await run(host, applying([shop({ env: { PASSWORD: 'swordfish' } })]));
    const plan = await planOn(host, [shop({ env: { PASSWORD: 'marlin' } })]);
    expect(JSON.stringify(plan)).not.toMatch(/swordfish|marlin/);
    expect(plan.apps[0]?.containers.find(({ name }) => name === 'shop.web')?.changes).toEqual([
      'env PASSWORD has another value',
    ]);
  });

  test('a plan writes nothing, not even a key, and fetches nothing', async () => {
    const host = new MemoryHost();
    host.docker.images.publish('web:1');
    const mark = host.calls.mark;
    const plan = await planOn(host, [anApp('shop', { web: { env: { A: '1' } } }, engine)]);
    expect(host.calls.since(mark)).toEqual([]);
    expect(plan).toMatchObject({ changes: true, digest: null, pulls: [{ image: 'web:1' }] });
  });
});

describe('a plan that somebody is asked about', () => {
  const input = {
    failures: [],
    pull: 'missing',
    pruneVolumes: false,
    start: true,
    wait: true,
    timeoutMs: 60_000,
  } as const;

  test('is not carried out after a no', async () => {
    const host = aHost();
    const mark = host.calls.mark;
    const result = await confirmAndApply(contextOn(host), { ...input, apps: [shop()] }, () =>
      Promise.resolve(false),
    );
    expect(result).toMatchObject({ ok: true, value: { declined: true } });
    expect(host.calls.since(mark)).toEqual([]);
  });

  test('is carried out after a yes, unless the host moved on meanwhile', async () => {
    const host = aHost();
    const given = { ...input, apps: [shop()] };
    const moved = await confirmAndApply(contextOn(host), given, async () => {
      await run(host, applying([anApp('blog', { web: {} }, engine)]));
      return true;
    });
    expect(moved).toMatchObject({ ok: false, failures: [{ code: 'MOVED_ON' }] });
    expect([...runningOn(host).keys()]).toEqual(['blog.web']);
    const done = await confirmAndApply(contextOn(host), given, () => Promise.resolve(true));
    expect(done.ok).toBe(true);
    expect([...runningOn(host).keys()].toSorted()).toEqual(['blog.web', 'shop.db', 'shop.web']);
  });

  test('tells once what of a file in another format is only approximated', async () => {
    const host = aHost();
    const events: Event[] = [];
    const context = { ...contextOn(host), emit: (event: Event) => events.push(event) };
    const loss = {
      ...{ key: 'services.web.tty', path: [], words: 'left out', place: { source: 'compose.yaml', line: 4 } },
      verdict: 'approximated',
    } as const;
    const given = { ...input, apps: [shop()], losses: [loss] };
    let shown: PlanReport | undefined;
    await confirmAndApply(context, given, (plan) => {
      shown = plan;
      return Promise.resolve(true);
    });
    const { key, verdict, words, place } = loss;
    expect(shown?.losses).toEqual([{ key, verdict, words, place }]);
    expect(events.filter(({ type }) => type === 'notice')).toEqual([
      { type: 'notice', subject: 'compose.yaml:4: services.web.tty', message: 'approximated: left out' },
    ]);
  });

  test('asks nothing where nothing would change', async () => {
    const host = aHost();
    await run(host, applying([shop()]));
    const never = (): Promise<boolean> => Promise.reject(new Error('asked'));
    expect((await confirmAndApply(contextOn(host), { ...input, apps: [shop()] }, never)).ok).toBe(true);
  });
});
