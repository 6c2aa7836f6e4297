import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { groupsOf } from '../../../src/cli/descriptor-groups.ts';

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gear-groups-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

const pod = 'apiVersion: v1\nkind: Pod\n';
const named = (groups: Awaited<ReturnType<typeof groupsOf>>) =>
  groups.map(({ files, format }) => [format, ...files.map((file) => path.basename(file.path))]);

test('of a folder each descriptor is an app, but Quadlet files are one, and Kubernetes manifests are one', async () => {
  const folder = await folderOf({
    'a.yaml': 'containers: {}',
    'db.yml': pod,
    'web.yaml': pod,
    'web.container': '[Container]\n',
    'data.volume': '[Volume]\n',
    'notes.txt': '',
  });
  const groups = await groupsOf({ paths: [folder], overlays: [] });
  expect(named(groups)).toEqual([
    [null, 'a.yaml'],
    ['quadlet', 'data.volume', 'web.container'],
    ['kubernetes', 'db.yml', 'web.yaml'],
  ]);
  expect(groups.map((group) => group.folder)).toEqual([undefined, folder, folder]);
});

test('a folder without descriptors is told as that, and not as a file', async () => {
  const [group] = await groupsOf({ paths: [await folderOf({ 'notes.txt': '' })], overlays: [] });
  expect(group?.files).toMatchObject([{ problem: 'is a folder without descriptors' }]);
});

test('compose.override.yaml lies over the file beside it, as for docker compose', async () => {
  const folder = await folderOf({ 'compose.yaml': 'services: {}', 'compose.override.yaml': 'services: {}' });
  expect(named(await groupsOf({ paths: [folder], overlays: [] }))).toEqual([
    [null, 'compose.yaml', 'compose.override.yaml'],
  ]);
});

test('COMPOSE_FILE of .env says which files a project is of, as for docker compose', async () => {
  const folder = await folderOf({
    '.env': 'COMPOSE_FILE=base.yaml:prod.yaml\n',
    'base.yaml': 'services: {}',
    'prod.yaml': 'services: {}',
    'compose.override.yaml': 'services: {}',
    'gear.yaml': 'containers: {}',
  });
  expect(named(await groupsOf({ paths: [folder], overlays: [] }))).toEqual([
    ['compose', 'base.yaml', 'prod.yaml'],
    [null, 'gear.yaml'],
  ]);
  await writeFile(path.join(folder, '.env'), 'COMPOSE_FILE=base.yaml;gone.yaml\nCOMPOSE_PATH_SEPARATOR=;\n');
  const [project] = await groupsOf({ paths: [folder], overlays: [] });
  expect(project?.files.map((file) => [path.basename(file.path), 'problem' in file])).toEqual([
    ['base.yaml', false],
    ['gone.yaml', true],
  ]);
});

test('a format that is given holds for every file', async () => {
  const folder = await folderOf({ 'a.yaml': 'services: {}' });
  expect(named(await groupsOf({ paths: [folder], overlays: [], format: 'compose' }))).toEqual([
    ['compose', 'a.yaml'],
  ]);
});

test('a file that does not exist is told with the descriptor beside it that was probably meant', async () => {
  const folder = await folderOf({ 'shop.yaml': 'containers: {}', 'shop.txt': '' });
  const nextOf = async (name: string) => {
    const [group] = await groupsOf({ paths: [path.join(folder, name)], overlays: [] });
    const [file] = group?.files ?? [];
    return file !== undefined && 'problem' in file ? file.next : 'it exists';
  };
  expect(await nextOf('shop.yml')).toBe(`did you mean ${path.join(folder, 'shop.yaml')}?`);
  expect(await nextOf('quite-another.yaml')).toBeUndefined();
});
