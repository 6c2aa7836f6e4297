import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupsOf } from '../../src/cli/descriptor-groups.ts';
import { readApps } from '../../src/cli/read-apps.ts';
import { readDescriptor } from '../../src/cli/read-descriptor.ts';
import { convertText } from '../../src/core/descriptor/foreign/convert-text.ts';
import type { EngineKind } from '../../src/core/model/container.ts';
import { renderApps } from '../../src/flows/render-apps.ts';
import { printFailures } from '../../src/report/failure.ts';
import { createStyle } from '../../src/report/style.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, 'stacks');
/** Stacks as people run them, in the format that they have: a folder each, with what gear makes of it beside it. */
const stacks = (await readdir(root)).toSorted();

const inFolder = (stack: string) => ({ paths: [path.join(root, stack)], overlays: [] });
const inMemory = { writeInto: () => Promise.resolve() };

async function unitsOf(stack: string, engine: EngineKind, systemdVersion: number) {
  const { apps, failures } = await readApps(inFolder(stack));
  if (failures.length > 0) throw new Error(printFailures(failures, createStyle({}, {})));
  return valueOf(await renderApps(inMemory, { apps, failures, engine, systemdVersion })).units;
}

test('there are thirty of them', () => {
  expect(stacks.length).toBeGreaterThanOrEqual(30);
});

describe.each(stacks)('%s', (stack) => {
  test('is converted, with what is not kept told beside it', async () => {
    const [group, ...more] = await groupsOf(inFolder(stack));
    expect(more).toEqual([]);
    const { foreign } = valueOf(await readDescriptor(group ?? { files: [], format: null }));
    const text = foreign === undefined ? '' : convertText(foreign).text.replaceAll(`${root}/`, '/srv/');
    await expect(text).toMatchFileSnapshot(path.join(root, stack, 'expected', 'gear.txt'));
    expect(foreign?.losses.filter(({ verdict }) => verdict === 'refused')).toEqual([]);
  });

  test('has no mistakes, and units for either engine', async () => {
    for (const engine of ['docker', 'podman'] as const)
      for (const version of [252, 257])
        expect((await unitsOf(stack, engine, version)).length).toBeGreaterThan(0);
  });
});

describe('systemd-analyze verify', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gear-stacks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  // systemd 252 knows no RestartSteps=; the newer text is verified on the newer hosts of the lab.
  test.each(['docker', 'podman'] as const)('has nothing to say of any of them for %s', async (engine) => {
    const files = new Map<string, string>();
    for (const stack of stacks)
      for (const { name, text } of await unitsOf(stack, engine, 252))
        files.set(
          path.join(folder, name),
          (text ?? '').replaceAll(/\/usr\/bin\/(docker|podman)/g, '/bin/true'),
        );
    for (const name of ['docker.service', 'docker.socket', 'network-online.target'])
      files.set(
        path.join(folder, name),
        name.endsWith('.service') ? '[Service]\nExecStart=/bin/true\n' : '[Unit]\n',
      );
    files.set(path.join(folder, 'docker.socket'), '[Socket]\nListenStream=/run/x\n');
    for (const [file, text] of files) await writeFile(file, text);
    const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` };
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', ...files.keys()], { env });
    expect(stdout + stderr).toBe('');
  });
});
