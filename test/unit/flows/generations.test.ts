import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { history } from '../../../src/flows/history.ts';
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
