import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { findLeftovers } from '../../../src/flows/leftovers.ts';
import { markPulled } from '../../../src/flows/pulled-images.ts';
import { contextOn } from './gear-in-memory.ts';

/** A host with an image of two names, of which gear fetched the given ones. */
async function hostWith(...fetched: readonly string[]) {
  const host = new MemoryHost();
  const { id } = host.docker.images.add('web:1');
  host.docker.images.tag(id, 'web:stable');
  // Side by side, as apply fetches what several containers name.
  await Promise.all(fetched.map((name) => markPulled(contextOn(host), 'docker', id, name)));
  return { host, id };
}

const leftoversOn = (host: MemoryHost) => findLeftovers(contextOn(host), ['docker'], 1);

test('an image that gear fetched under two names is left over, and goes with both marks', async () => {
  const { host, id } = await hostWith('web:1', 'web:stable');
  const [image, ...others] = await leftoversOn(host);
  expect(image).toMatchObject({ kind: 'image', subject: 'web:1, web:stable' });
  expect(others).toEqual([]);
  const commands: (readonly string[])[] = [];
  host.onRun = (command) => {
    commands.push(command);
    return { status: 0, stdout: '', stderr: '' };
  };
  await image?.remove();
  const names = host.docker.images.find(id)?.tags ?? [];
  expect(names).toHaveLength(2);
  expect(commands.map((words) => words.slice(-names.length - 2))).toEqual([['image', 'rm', ...names]]);
  expect(await host.files.list(paths.pulled)).toEqual([]);
});

test('one that somebody else named as well stays', async () => {
  const { host } = await hostWith('web:stable');
  expect(await leftoversOn(host)).toEqual([]);
});

test('the mark of an older gear, which knew one name, holds', async () => {
  const { host, id } = await hostWith('web:stable');
  const old = `${paths.pulled}/docker-${id.replace('sha256:', '')}`;
  await host.files.write(old, 'web:1\n', 0o644);
  expect(await leftoversOn(host)).toMatchObject([{ kind: 'image' }]);
});

test('layers that nobody sends go while nobody can send them', async () => {
  const host = new MemoryHost();
  host.files.place(`${paths.parcels}/1234-docker/layer`, '');
  const [parcel, ...others] = await leftoversOn(host);
  expect([parcel?.kind, others]).toEqual(['parcel', []]);
  const removeFolder = host.files.removeFolder.bind(host.files);
  const holders: unknown[] = [];
  host.files.removeFolder = (path) => {
    holders.push(host.sendLock('1234-docker').holder?.command);
    return removeFolder(path);
  };
  // Somebody has begun to send them since.
  const who = { command: 'push', by: 'root', pid: 2, sinceMs: 0 };
  const sending = await host.sendLock('1234-docker').acquire(who, { timeoutMs: 0 });
  await parcel?.remove();
  expect(await host.files.exists(`${paths.parcels}/1234-docker/layer`)).toBe(true);
  await sending.release();
  await parcel?.remove();
  expect(holders).toEqual(['test']);
  expect(host.sendLock('1234-docker').holder).toBeNull();
});

test('what ran once goes: of gear run, and of a label of an image; what somebody else marked so stays', async () => {
  const host = new MemoryHost();
  const own = ['ctr-run-m1x-7', 'ctr-install-m1x-8', 'ctr-uninstall-m1x-9'];
  host.onRun = () => ({ status: 0, stdout: [...own, 'theirs', ''].join('\n'), stderr: '' });
  expect((await leftoversOn(host)).map(({ kind, subject }) => [kind, subject])).toEqual(
    own.map((name) => ['container', name]),
  );
});
