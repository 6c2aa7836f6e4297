import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { uninstallAll } from '../../../src/flows/uninstall.ts';
import { installWatchService } from '../../../src/flows/watch-service.ts';
import type { Lock } from '../../../src/ports/lock.ts';
import { valueOf } from '../core/descriptor/expectations.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

let host: MemoryHost;

beforeEach(async () => {
  host = new MemoryHost({ engines: ['docker'] });
  host.docker.images.add('web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
});

const uninstalling = () => uninstallAll(contextOn(host), () => Promise.resolve(true));

test('gear-watch.service, which would have it all again, goes before anything else', async () => {
  valueOf(
    await installWatchService(contextOn(host), { program: ['/node', '/gear'], words: ['/descriptors'] }),
  );
  const before = host.calls.mark;
  expect(valueOf(await uninstalling())).toMatchObject({ containers: ['web'] });
  expect(host.calls.since(before)[0]).toContain('stop gear-watch.service');
  for (const folder of [paths.units, paths.bootLinks])
    expect((await host.files.list(folder)).map(({ name }) => name)).not.toContain('gear-watch.service');
});

test('whoever says no has gear-watch.service as before', async () => {
  valueOf(
    await installWatchService(contextOn(host), { program: ['/node', '/gear'], words: ['/descriptors'] }),
  );
  const before = host.calls.mark;
  valueOf(await uninstallAll(contextOn(host), () => Promise.resolve(false)));
  expect(host.calls.since(before)).toEqual([]);
});

test('what is erased is erased under the lock of the host', async () => {
  const holders: unknown[] = [];
  const { files } = host;
  const removeFolder = files.removeFolder.bind(files);
  files.removeFolder = (path) => {
    holders.push(host.lock.holder);
    return removeFolder(path);
  };
  valueOf(await uninstalling());
  expect(holders).not.toHaveLength(0);
  expect(holders).not.toContain(null);
  for (const path of [paths.root, paths.notes, paths.state]) expect(await files.exists(path)).toBe(false);
});

test('what somebody installs meanwhile keeps its state, and is told', async () => {
  let installed = false;
  const acquire = host.lock.acquire.bind(host.lock);
  host.lock.acquire = async (holder, options) => {
    // Before the last time that uninstall asks for the lock: when nothing is declared any more.
    const gone = (await host.files.readLink(paths.current))?.endsWith('/2') === true;
    if (gone && !installed) {
      installed = true;
      await run(host, installing(['web:1', 'other'], { engine: 'docker' }));
    }
    return acquire(holder, options);
  };
  expect(await uninstalling()).toMatchObject({
    ok: false,
    failures: [{ code: 'MOVED_ON', message: expect.stringContaining('other') as string }],
  });
  expect(await host.files.exists(paths.current)).toBe(true);
});

test('what is sent while uninstall waits for the lock of the host keeps its own', async () => {
  let began = false;
  const acquire = host.lock.acquire.bind(host.lock);
  host.lock.acquire = async (holder, options) => {
    // The last time that uninstall asks for the lock: nothing is declared any more.
    if (!began && (await host.files.readLink(paths.current))?.endsWith('/2') === true) {
      began = true;
      await host
        .sendLock('x')
        .acquire({ command: 'other', by: 'anna', pid: 2, sinceMs: 0 }, { timeoutMs: 0 });
      await host.files.write(`${paths.sending}/x`, '', 0o644);
    }
    return acquire(holder, options);
  };
  expect(await uninstalling()).toMatchObject({ ok: false, failures: [{ code: 'LOCKED' }] });
  expect(began).toBe(true);
  expect(await host.files.exists(`${paths.sending}/x`)).toBe(true);
});

test.each([
  ['an image is sent to the host', paths.sending, (): Lock => host.sendLock('x')],
  ['a volume is restored', paths.restoring, (): Lock => host.volumeLock('x')],
])(
  'while %s nothing goes: without its lock the next one would work beside it',
  async (_what, folder, lockOf) => {
    const holder = { command: 'other', by: 'anna', pid: 2, sinceMs: 0 };
    const lease = await lockOf().acquire(holder, { timeoutMs: 0 });
    await host.files.write(`${folder}/x`, '', 0o644);
    const before = host.calls.mark;
    expect(await uninstalling()).toMatchObject({ ok: false, failures: [{ code: 'LOCKED' }] });
    expect(host.calls.since(before)).toEqual([]);
    expect(await host.files.exists(`${folder}/x`)).toBe(true);
    await lease.release();
    expect(valueOf(await uninstalling())).toMatchObject({ containers: ['web'] });
  },
);
