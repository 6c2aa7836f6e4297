import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupsOf } from '../../src/cli/descriptor-groups.ts';
import { readDescriptor } from '../../src/cli/read-descriptor.ts';
import { convertText } from '../../src/core/descriptor/foreign/convert-text.ts';
import { setSecret } from '../../src/flows/secret-set.ts';
import { previewApps } from '../../src/flows/preview.ts';
import { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import { printPlanReport } from '../../src/report/plan.ts';
import { createStyle } from '../../src/report/style.ts';
import { appsOfStack, stacks, stacksFolder, unitsOfStack } from '../support/stacks.ts';
import { contextOn } from '../unit/flows/gear-in-memory.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const run = promisify(execFile);
const inFolder = (stack: string) => ({ paths: [path.join(stacksFolder, stack)], overlays: [] });

test('there are thirty of them', () => {
  expect(stacks.length).toBeGreaterThanOrEqual(30);
});

describe.each(stacks)('%s', (stack) => {
  test('is converted, with what is not kept told beside it', async () => {
    const [group, ...more] = await groupsOf(inFolder(stack));
    expect(more).toEqual([]);
    const { foreign } = valueOf(await readDescriptor(group ?? { files: [], format: null }));
    const text =
      foreign === undefined ? '' : convertText(foreign).text.replaceAll(`${stacksFolder}/`, '/srv/');
    await expect(text).toMatchFileSnapshot(path.join(stacksFolder, stack, 'expected', 'gear.txt'));
    expect(foreign?.losses.filter(({ verdict }) => verdict === 'refused')).toEqual([]);
  });

  test('is planned on a host that has nothing of it yet', async () => {
    const apps = await appsOfStack(stack);
    const host = new MemoryHost();
    for (const { spec, secretEnvironment = {} } of apps.flatMap(({ containers }) => containers)) {
      for (const { kind, source } of spec.mounts) if (kind === 'bind') host.files.place(`${source}/x`, '');
      const devices = spec.options?.['device'];
      for (const device of Array.isArray(devices) ? devices : [])
        host.files.place(String(device).replace(/:.*$/, ''), '');
      for (const name of [
        ...Object.values(secretEnvironment),
        ...(spec.secrets ?? []).map((use) => use.name),
      ])
        valueOf(await setSecret(contextOn(host), name, new TextEncoder().encode('x')));
    }
    const asked = {
      apps,
      failures: [],
      pull: 'missing',
      pruneVolumes: false,
      start: true,
      diff: false,
    } as const;
    const plan = valueOf(await previewApps(contextOn(host), asked));
    const text = printPlanReport(plan, createStyle({}, {}), { verbose: true });
    // The hash of a container counts the paths that it mounts, which depend on where this checkout is.
    const anywhere = text
      .replaceAll(`${stacksFolder}/`, '/srv/')
      .replaceAll(/(ctr-\S+)\.[0-9a-f]{12}\b/g, '$1.HASH');
    await expect(`${anywhere}\n`).toMatchFileSnapshot(path.join(stacksFolder, stack, 'expected', 'plan.txt'));
  });

  test('has no mistakes, and units for either engine', async () => {
    for (const engine of ['docker', 'podman'] as const)
      for (const version of [252, 257])
        expect((await unitsOfStack(stack, engine, version)).length).toBeGreaterThan(0);
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
      for (const { name, text } of await unitsOfStack(stack, engine, 252))
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
