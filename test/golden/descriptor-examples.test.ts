import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { readApps } from '../../src/cli/read-apps.ts';
import { renderApps } from '../../src/flows/render-apps.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples');

const stories = [
  { name: 'shop', paths: ['gear.yaml'], overlays: [] },
  { name: 'backup', paths: ['gear.yaml'], overlays: [] },
  { name: 'reload', paths: ['gear.yaml'], overlays: [] },
  { name: 'overlay', paths: [], overlays: ['gear.yaml', 'prod.yaml'] },
];

const nowhere = { writeInto: () => Promise.reject(new Error('nothing is to be written')) };

test.each(stories)('the example $name renders the units beside it, all of them', async (story) => {
  vi.stubEnv('API_VERSION', '7');
  const inside = (file: string) => path.join(examples, story.name, file);
  const { apps, failures } = await readApps({
    paths: story.paths.map(inside),
    overlays: story.overlays.map(inside),
  });
  expect(failures).toEqual([]);
  const { units } = valueOf(await renderApps(nowhere, { apps, failures, systemdVersion: 252 }));
  for (const { name, text } of units) {
    await expect(text).toMatchFileSnapshot(inside(path.join('expected', name)));
  }
  expect((await readdir(inside('expected'))).toSorted()).toEqual(units.map(({ name }) => name).toSorted());
});

test('the first line of every example names the schema, by which editors complete it', async () => {
  for (const { name, paths, overlays } of stories) {
    for (const file of [...paths, ...overlays]) {
      const text = await readFile(path.join(examples, name, file), 'utf8');
      const schema = file === 'gear.yaml' ? 'gear.schema.json' : 'gear-overlay.schema.json';
      expect(text.split('\n')[0], file).toBe(`# yaml-language-server: $schema=../../schema/${schema}`);
    }
  }
});
