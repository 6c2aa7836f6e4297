import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readApps } from '../../src/cli/read-apps.ts';
import { renderApps } from '../../src/flows/render-apps.ts';
import { printFailures } from '../../src/report/failure.ts';
import { createStyle } from '../../src/report/style.ts';

const root = path.join(import.meta.dirname, 'descriptors');

/** A case: a folder whose name is what it shows. `vitest run --project golden -u` writes what is found. */
const cases = (await readdir(root)).toSorted();
const good = cases.filter((name) => existsSync(path.join(root, name, 'expected.units')));
const bad = cases.filter((name) => existsSync(path.join(root, name, 'expected.diagnostics.txt')));

it('no case goes without an expectation', () => {
  expect(cases.filter((name) => !good.includes(name) && !bad.includes(name))).toEqual([]);
});

/** Every YAML file of the case is an app, except for overlays, which are called overlay-N.yaml. */
async function read(name: string) {
  const folder = path.join(root, name);
  const files = (await readdir(folder)).filter((file) => /\.(ya?ml|json)$/.test(file)).toSorted();
  const overlays = files.filter((file) => file.startsWith('overlay-'));
  const paths = files.filter((file) => !overlays.includes(file));
  const inFolder = (file: string) => path.join(folder, file);
  const given = { paths: paths.map(inFolder), overlays: overlays.map(inFolder) };
  return readApps(given, { engineOf: ({ engine }) => engine, systemdVersion: 252 });
}

describe.each(good)('%s', (name) => {
  it('is rendered as expected', async () => {
    const { apps, failures } = await read(name);
    const noFiles = { writeInto: () => Promise.reject(new Error('nothing is written here')) };
    const rendered = await renderApps(noFiles, { apps, failures, systemdVersion: 252 });
    if (!rendered.ok) throw new Error(printFailures(rendered.failures, createStyle({}, {})));
    const folder = path.join(root, name, 'expected.units');
    for (const unit of rendered.value.units)
      await expect(unit.text).toMatchFileSnapshot(path.join(folder, unit.name));
    const names = rendered.value.units.map((unit) => unit.name);
    for (const file of existsSync(folder) ? await readdir(folder) : []) expect(names).toContain(file);
  });
});

describe.each(bad)('%s', (name) => {
  it('is told as expected', async () => {
    const { failures } = await read(name);
    expect(failures).not.toEqual([]);
    const text = printFailures(failures, createStyle({ columns: 120 }, {})).replaceAll(
      `${root}/${name}`,
      '.',
    );
    await expect(text).toMatchFileSnapshot(path.join(root, name, 'expected.diagnostics.txt'));
  });
});
