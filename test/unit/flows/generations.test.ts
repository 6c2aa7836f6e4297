import { expect, test } from 'vitest';
import { Killed } from '../../../src/adapters/host/memory/calls.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { history } from '../../../src/flows/history.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { anApp, planOn } from './apps-in-memory.ts';
import { contextOn, installing, run, runningOn } from './gear-in-memory.ts';

function hostWithImages(count: number): MemoryHost {
  const host = new MemoryHost();
  for (let version = 1; version <= count; version += 1) host.docker.images.add(`web:${String(version)}`);
  host.docker.images.add('other:1');
  return host;
}

async function keptTags(host: MemoryHost): Promise<number> {
  return (await host.docker.tags('gear.local/')).length;
}

test('ten generations are kept, and with an older one its image’s tag and nothing else goes', async () => {
  const host = hostWithImages(13);
  for (let version = 1; version <= 13; version += 1) {
    await run(host, installing([`web:${String(version)}`, 'web'], { engine: 'docker' }));
  }
  const rows = await history(contextOn(host));
  expect(rows.ok && rows.value.map((row) => row.generation)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
  expect(rows.ok && rows.value.at(-1)).toMatchObject({ oldest: true, changes: [] });
  const ofOne = await history(contextOn(host), 'web');
  expect(ofOne.ok && ofOne.value.at(-1)).toMatchObject({ generation: 4, oldest: true });
  expect(await keptTags(host)).toBe(10);
  expect(await host.docker.image('web:1')).not.toBeNull();
  expect(await host.docker.image('other:1')).not.toBeNull();
});

test('an environment file goes with the last generation that needs it', async () => {
  const host = hostWithImages(12);
  await run(host, installing(['web:1', 'web', 'SECRET=a'], { engine: 'docker' }));
  const [secret] = (await host.files.list('/etc/gear/files')).map(({ name }) => name);
  for (let version = 2; version <= 10; version += 1) {
    await run(host, installing([`web:${String(version)}`, 'web'], { engine: 'docker' }));
  }
  expect((await host.files.list('/etc/gear/files')).map(({ name }) => name)).toContain(secret);
  await run(host, installing(['web:11', 'web'], { engine: 'docker' }));
  expect(await host.files.list('/etc/gear/files')).toEqual([]);
});

test('the same install again calls nothing that changes the host', async () => {
  const host = hostWithImages(1);
  await run(host, installing(['web:1', 'web', 'A=1'], { engine: 'docker' }));
  const mark = host.calls.mark;
  const report = await run(host, installing(['web:1', 'web', 'A=1'], { engine: 'docker' }));
  expect(report.instances[0]?.result).toBe('unchanged');
  expect(host.calls.since(mark)).toEqual([]);
});

test('what only the unit says is told as rewritten, with what differs, and restarts nothing', async () => {
  const host = hostWithImages(1);
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  const before = runningOn(host);
  const report = await run(
    host,
    installing(['web:1', 'web'], { engine: 'docker', flags: { restart: ['no'] } }),
  );
  expect(report.instances).toMatchObject([
    { name: 'web', result: 'rewritten', changes: ['restart: always → no'] },
  ]);
  expect(runningOn(host)).toEqual(before);
});

test('one change costs one reload, however many containers it has', async () => {
  const host = hostWithImages(1);
  const before = host.init.counts.reloads;
  await run(host, installing(['web:1', 'one', 'two', 'three'], { engine: 'docker' }));
  expect(host.init.counts.reloads).toBe(before + 1);
});

test('what a command that was cut off half wrote goes with the next change', async () => {
  const host = hostWithImages(2);
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  host.files.place('/etc/gear/generations/1.tmp/units/ctr-web.service', 'half');
  host.files.place('/etc/gear/generations/9.tmp/manifest.json', 'half');
  await run(host, installing(['web:2', 'web'], { engine: 'docker' }));
  const names = (await host.files.list('/etc/gear/generations')).map(({ name }) => name);
  expect(names).toEqual(['1', '2']);
});

test('the first generation of all says what was new in it', async () => {
  const host = hostWithImages(1);
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  const rows = await history(contextOn(host));
  expect(rows.ok && rows.value[0]).toMatchObject({ generation: 1, changes: ['+web'] });
  expect(rows.ok && rows.value[0]).not.toHaveProperty('oldest');
});

/** A kill between the write of a generation and its swap. */
async function killedBeforeSwap(host: MemoryHost, version: string): Promise<void> {
  const link = host.files.link.bind(host.files);
  host.files.link = (path, target) => {
    if (path === '/etc/gear/current') throw new Killed('the swap');
    return link(path, target);
  };
  const update = installing([`web:${version}`, 'web'], { engine: 'docker' });
  await expect(run(host, update)).rejects.toThrow(Killed);
  host.files.link = link;
  host.lock.lose();
}

test('a generation that was never declared is none to go back to, and goes with the next change', async () => {
  const host = hostWithImages(3);
  const numbers = async (): Promise<readonly string[]> =>
    (await host.files.list('/etc/gear/generations')).map(({ name }) => name);
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  await killedBeforeSwap(host, '2');
  expect(await numbers()).toEqual(['1', '2']);

  const rows = await history(contextOn(host));
  expect(rows.ok && rows.value.map(({ generation }) => generation)).toEqual([1]);
  const waiting = { wait: true, timeoutMs: 60_000 };
  const asked = await rollback(contextOn(host), { name: 'web', to: 2, ...waiting });
  expect(asked).toMatchObject({ ok: false, failures: [{ code: 'NO_GENERATION' }] });

  await run(host, installing(['web:3', 'web'], { engine: 'docker' }));
  expect(await numbers()).toEqual(['1', '3']);
  const back = await run(host, (context) => rollback(context, { name: 'web', ...waiting }));
  expect(back).toMatchObject({ back: { to: 1, from: 3 } });
});

test('a generation that was never declared is none either after a change that waits for a check', async () => {
  const host = hostWithImages(3);
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  await killedBeforeSwap(host, '2');

  await run(host, installing(['web:3', 'web'], { engine: 'docker', flags: { 'health-cmd': ['true'] } }));

  const rows = await history(contextOn(host));
  expect(rows.ok && rows.value.map(({ generation }) => generation)).toEqual([3, 1]);
  expect((await host.files.list('/etc/gear/generations')).map(({ name }) => name)).toEqual(['1', '3']);
});

test('a command whose generation somebody erased while it stood still changes nothing', async () => {
  const host = hostWithImages(2);
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  const writeFolder = host.files.writeFolder.bind(host.files);
  host.files.writeFolder = async (...given) => {
    host.files.writeFolder = writeFolder;
    await writeFolder(...given);
    await host.files.removeFolder('/etc/gear/generations/2');
  };
  const result = await installing(['web:2', 'web'], { engine: 'docker' })(contextOn(host));
  expect(result).toMatchObject({ ok: false, failures: [{ code: 'MOVED_ON' }] });
  expect(await host.files.readLink('/etc/gear/current')).toBe('/etc/gear/generations/1');
});

test('an image that only the oldest generation needed is no container that a plan says goes', async () => {
  const host = hostWithImages(11);
  for (let version = 1; version <= 10; version += 1) {
    await run(host, installing([`web:${String(version)}`, 'web'], { engine: 'docker' }));
  }
  const plan = await planOn(host, [anApp('shop', { db: { image: 'other:1' } }, { engine: 'docker' })]);
  expect(plan.operations.map(({ kind }) => kind)).toContain('image.untag');
  expect(plan.apps.map(({ app, containers }) => [app, containers.map(({ name }) => name)])).toEqual([
    ['shop', ['shop.db']],
  ]);
});
