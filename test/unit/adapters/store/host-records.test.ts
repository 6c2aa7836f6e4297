import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHostRecords, describe as describeApp } from '../../../../src/adapters/store/host-records.ts';
import { folderOf, hostOf, stateFolder } from '../../../../src/adapters/store/host-folder.ts';
import type { Manifest } from '../../../../src/core/model/manifest.ts';
import { anApp } from '../../flows/apps-in-memory.ts';

let root: string;
beforeEach(async () => {
  root = path.join(await mkdtemp(path.join(tmpdir(), 'gear-records-')), 'gear', 'hosts');
});
afterEach(() => rm(path.dirname(path.dirname(root)), { recursive: true }));

function manifestOf(generation: number, apps: readonly string[] = []): Manifest {
  const instances = apps.map((app) => ({ name: app, app, environmentFile: `env-${app}` }));
  return {
    schema: 1,
    generation,
    gear: '1',
    createdMs: 1,
    command: '',
    by: '',
    instances,
    units: {},
  } as unknown as Manifest;
}

test('what a host has is kept in its place, for its owner alone', async () => {
  const records = createHostRecords(root);
  expect(await records.read('root@[2001:db8::1]:22')).toBeNull();
  await records.keep('root@[2001:db8::1]:22', manifestOf(1), {});
  await records.keep('root@[2001:db8::1]:22', manifestOf(2), {});
  expect((await records.read('root@[2001:db8::1]:22'))?.manifest.generation).toBe(2);
  expect(await records.hosts()).toEqual(['root@[2001:db8::1]:22']);
  const [folder = ''] = await readdir(root);
  const file = path.join(root, folder, 'manifest.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  for (const each of [path.dirname(root), root, path.join(root, folder)])
    expect((await stat(each)).mode & 0o777).toBe(0o700);
});

test('the same again is not written, and what a killed gear left is swept', async () => {
  const records = createHostRecords(root);
  await records.keep('web1', manifestOf(1), {});
  const file = path.join(root, 'web1', 'manifest.json');
  const before = await stat(file);
  await records.keep('web1', manifestOf(1), {});
  expect((await stat(file)).ino).toBe(before.ino);
  // No process has this number: it is beyond what Linux gives (proc(5), pid_max).
  await writeFile(`${file}.99999999.tmp`, 'half');
  await records.keep('web1', manifestOf(2), {});
  expect(await readdir(path.join(root, 'web1'))).toEqual(['manifest.json']);
});

test('the descriptors of an app are kept while it is there, with a print of its values and none of them', async () => {
  const records = createHostRecords(root);
  const asked = { paths: ['/a/shop.yaml'], overlays: [] };
  const shop = describeApp(anApp('shop', { web: { env: { PASSWORD: 'hunter2' } } }), asked);
  await records.keep('web1', manifestOf(1, ['shop', 'other']), { shop });
  await records.keep('web1', manifestOf(2, ['shop']), {});
  const kept = await records.read('web1');
  expect(kept?.descriptions).toEqual({ shop: { ...shop, hashes: ['env-shop'] } });
  expect(await readFile(path.join(root, 'web1', 'descriptors.json'), 'utf8')).not.toContain('hunter2');
  await records.keep('web1', manifestOf(3, ['other']), {});
  expect((await records.read('web1'))?.descriptions).toEqual({});
});

test('what was kept and cannot be read is told; broken descriptions are as if there were none', async () => {
  const records = createHostRecords(root);
  await records.keep('web1', manifestOf(1, ['shop']), {});
  await writeFile(
    path.join(root, 'web1', 'descriptors.json'),
    '{"schema":1,"apps":{"shop":{"paths":"/etc"}}}',
  );
  expect((await records.read('web1'))?.descriptions).toEqual({});
  await writeFile(path.join(root, 'web1', 'manifest.json'), '{');
  await expect(records.read('web1')).rejects.toMatchObject({ failures: [{ code: 'MANIFEST_INVALID' }] });
});

test('a folder is named after its host, and after no other place', () => {
  for (const host of ['web1', '..', '.', 'anna@db:22', '[::1]:22', 'a'.repeat(250)]) {
    expect(folderOf(host)).toMatch(/^[^/.][^/]*$/);
    expect(folderOf(host).length).toBeLessThan(256);
  }
  expect(hostOf(folderOf('anna@[::1]:22'))).toBe('anna@[::1]:22');
  expect(hostOf('%zz')).toBeNull();
  expect(stateFolder({ XDG_STATE_HOME: '/x' })).toBe('/x/gear');
  expect(stateFolder({ XDG_STATE_HOME: 'x' })).toMatch(/\/\.local\/state\/gear$/);
});
