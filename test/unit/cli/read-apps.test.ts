import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReadApps, readApps } from '../../../src/cli/read-apps.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gear-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The apps of these names and of this text each, read together. */
async function read(texts: Readonly<Record<string, string>>): Promise<ReadApps> {
  const paths = Object.keys(texts).map((name) => path.join(folder, `${name}.yaml`));
  await Promise.all(Object.values(texts).map((text, at) => writeFile(paths[at] ?? '', text)));
  return readApps({ paths, overlays: [] });
}

const web = (more: string): string => `containers: {web: {image: 'web:1', ${more}}}\n`;
const port = web('ports: ["8080:80"]');

test('of two apps that want one port neither is applied, and both are named', async () => {
  const { apps, left, failures } = await read({ one: port, two: port, three: web('') });
  expect(apps.map(({ app }) => app)).toEqual(['three']);
  expect(left.map((file) => path.basename(file))).toEqual(['one.yaml', 'two.yaml']);
  expect(failures).toMatchObject([{ code: 'PORT_TAKEN', place: { source: path.join(folder, 'two.yaml') } }]);
});

test('an app with a mistake of its own holds back no other, whatever both want', async () => {
  const { apps, left, failures, flawed } = await read({
    one: port,
    two: web('ports: ["8080:80"], memory: much'),
  });
  expect(apps.map(({ app }) => app)).toEqual(['one']);
  expect(left).toEqual([]);
  expect(failures.map(({ code }) => code).toSorted()).toEqual(['PORT_TAKEN', 'VALUE_INVALID']);
  expect(flawed.map(({ request }) => request.app)).toEqual(['two']);
});
