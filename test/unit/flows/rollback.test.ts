import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { printChange } from '../../../src/report/change.ts';
import { createStyle } from '../../../src/report/style.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

async function withVersions(...versions: readonly string[]): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const version of versions) host.docker.images.add(`web:${version}`);
  for (const version of versions)
    await run(host, installing([`web:${version}`, 'web'], { engine: 'docker' }), `set web ${version}`);
  return host;
}

const back = (host: MemoryHost) =>
  rollback(contextOn(host, 'rollback web'), { name: 'web', wait: true, timeoutMs: 60_000 });

const imageOn = async (host: MemoryHost): Promise<string | undefined> =>
  (await readCurrentManifest(host.files))?.instances[0]?.image.reference;

test('a second rollback goes one further back, never into what was undone', async () => {
  const host = await withVersions('1', '2', '3');
  expect(await back(host)).toMatchObject({ ok: true, value: { back: { to: 2, from: 3 } } });
  expect(await imageOn(host)).toBe('web:2');
  expect(await back(host)).toMatchObject({ ok: true });
  expect(await imageOn(host)).toBe('web:1');
});

test('a rollback with nothing before it changes nothing, and says how to get what was undone', async () => {
  const host = await withVersions('1', '2');
  await back(host);
  const result = await back(host);
  expect(result).toMatchObject({
    ok: false,
    failures: [
      {
        code: 'NO_GENERATION',
        message: 'no kept generation has an earlier form of web',
        next: 'gear history web; to what was undone: gear rollback web --to 2',
      },
    ],
  });
  expect(await imageOn(host)).toBe('web:1');
});

test('a rollback says which generation it went back to, and which it left', async () => {
  const host = await withVersions('1', '2');
  const result = await back(host);
  expect(result.ok && printChange(result.value, createStyle({ isTTY: false }))).toContain(
    'as in generation 1; to undo that: gear rollback web --to 2',
  );
});

test('what turns unhealthy after a rollback that was whole does not make the next one finish it again', async () => {
  const host = new MemoryHost();
  for (const version of ['1', '2', '3']) {
    host.docker.images.add(`web:${version}`);
    const checked = { engine: 'docker', flags: { 'health-cmd': ['true'] } } as const;
    await run(host, installing([`web:${version}`, 'web'], checked), `set web ${version}`);
  }
  await back(host);
  await (await host.systemd()).stop('ctr-web-ready.service');
  expect(await back(host)).toMatchObject({ ok: true, value: { back: { to: 1 } } });
  expect(await imageOn(host)).toBe('web:1');
});

test('what was whole is the generation of the rollback, whatever another command has made since', async () => {
  const host = await withVersions('1', '2');
  host.docker.images.add('other:1');
  const acquire = host.lock.acquire.bind(host.lock);
  host.lock.acquire = async (holder, options) => {
    const lease = await acquire(holder, options);
    if (holder.command !== 'rollback web') return lease;
    const release = async (): Promise<void> => {
      await lease.release();
      await run(host, installing(['other:1', 'other'], { engine: 'docker' }));
    };
    return { ...lease, release };
  };
  const rolled = await back(host);
  expect(rolled).toMatchObject({ ok: true, value: { generation: 3 } });
  expect((await readCurrentManifest(host.files))?.generation).toBe(4);
  expect(host.files.textOf(paths.rolledBack)).toBe('3\n');
});
