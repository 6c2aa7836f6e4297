import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readApps } from '../../../src/cli/read-apps.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-large-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The files of a folder, each with its text. */
async function write(texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

async function told(name: string): Promise<readonly string[]> {
  const { failures, apps } = await readApps({ paths: [path.join(folder, name)], overlays: [] });
  expect(apps).toEqual([]);
  return failures.map(({ message, next }) => `${message} → ${next}`.replaceAll(`${folder}/`, ''));
}

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: "web:1"}]}\n';
/** A small file of each format, and how much a comment adds to it. */
const formats = {
  'gear.yaml': 'name: shop\ncontainers: {web: {image: "web:1"}}\n',
  'compose.yaml': 'services: {web: {image: "web:1", restart: always}}\n',
  'pod.yaml': pod,
  'web.container': '[Container]\nImage=web:1\n',
  'shop.json': '{"Containers": [{"Name": "web", "Image": "web:1", "Count": 1}]}\n',
} as const;

describe.each(Object.entries(formats))('%s', (name, text) => {
  test('of 5 MB is refused with its size and the limit', async () => {
    const line = name.endsWith('.json') ? ' \n' : '# nothing\n';
    await write({ [name]: text + line.repeat(Math.ceil(5e6 / line.length)) });
    expect(await told(name)).toEqual([
      `the file "${name}" has 4.8 MiB, and may have at most 1 MiB → split it, or mount large contents from files of their own`,
    ]);
  });

  test('of 16 GiB is refused without being read, which no memory would hold', async () => {
    await write({ [name]: text });
    await truncate(path.join(folder, name), 2 ** 34);
    expect(await told(name)).toEqual([
      `the file "${name}" has 16384 MiB, and may have at most 1 MiB → split it, or mount large contents from files of their own`,
    ]);
  });

  test('of almost 1 MiB is read', async () => {
    const line = name.endsWith('.json') ? ' \n' : '# nothing\n';
    await write({ [name]: text + line.repeat(Math.floor((2 ** 20 - text.length) / line.length)) });
    const { apps, failures } = await readApps({ paths: [path.join(folder, name)], overlays: [] });
    expect(failures).toEqual([]);
    expect(apps).toHaveLength(1);
  });
});

test('a drop-in of 5 MB, and the manifest of a .kube file, are refused likewise', async () => {
  const large = `# nothing\n`.repeat(500_000);
  await write({
    'web.container': formats['web.container'],
    'web.container.d/10.conf': `[Container]\n${large}`,
    'site.kube': '[Kube]\nYaml=sub/site.yaml\n',
    'sub/site.yaml': pod + large,
  });
  expect(await told('web.container')).toEqual([expect.stringContaining('has at most 1 MiB')]);
  expect(await told('site.kube')).toEqual([expect.stringContaining('has at most 1 MiB')]);
});

test('the manifest beside its .kube file is told once, and so is one that is no manifest of it', async () => {
  const large = `# nothing\n`.repeat(500_000);
  await write({ 'site.kube': '[Kube]\nYaml=site.yaml\n', 'site.yaml': pod + large });
  const once: unknown = expect.stringContaining('the file has 4.8 MiB; a descriptor has at most 1 MiB');
  expect(await told('')).toEqual([once]);
  await write({ 'other.yaml': pod + large });
  expect(await told('')).toEqual([expect.stringContaining('the file "other.yaml" has 4.8 MiB'), once]);
});
