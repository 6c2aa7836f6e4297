import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineKind } from '../../src/core/model/container.ts';
import type { NetworkSpec } from '../../src/core/model/network.ts';
import { renderInstance } from '../../src/core/render/render.ts';
import type { RenderedUnit } from '../../src/core/render/unit.ts';
import { makeInstance, type InstanceParts } from '../support/instance.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, 'units');

/** A case: an instance.json beside the folder `expected`. `vitest run --project golden -u` writes what is rendered. */
const cases = await readdir(root);
const engines = ['docker', 'podman'] as const;
const versions = [252, 257];
/** Units that the cases refer to. */
const others = [
  ...['docker.service', 'ctr-db.service', 'ctr-cache-ready.service', 'nginx.service'],
  ...['ctr-shop.db.service', 'ctr-shop.db-ready.service', 'ctr-shop.migrate.service', 'ctr-shop.old.service'],
];

interface Case extends InstanceParts {
  readonly liveRestore?: boolean;
  readonly dependencies?: Readonly<
    Record<string, { readonly hasCheck: boolean; readonly held?: boolean; readonly job?: boolean }>
  >;
  /** Networks that gear owns. */
  readonly networks?: Readonly<Record<string, NetworkSpec>>;
}

async function renderCase(
  name: string,
  engine: EngineKind,
  systemdVersion: number,
  engineCommand = `/usr/bin/${engine}`,
): Promise<readonly RenderedUnit[]> {
  const text = await readFile(path.join(root, name, 'instance.json'), 'utf8');
  const { liveRestore = false, dependencies = {}, networks = {}, ...parts } = JSON.parse(text) as Case;
  const target = { systemdVersion, engineCommand, liveRestore };
  const instance = makeInstance({ ...parts, engine });
  const owned = Object.entries(networks).map(([network, spec]) => {
    return [network, { app: instance.app, engine, name: network, spec }] as const;
  });
  const context = { dependencies: new Map(Object.entries(dependencies)), networks: new Map(owned) };
  const rendered = renderInstance(instance, target, context);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
  return rendered.value;
}

describe.each(cases)('%s', (name) => {
  describe.each(engines)('for %s', (engine) => {
    it.each(versions)('is rendered as expected for systemd %i', async (version) => {
      const expected = path.join(root, name, 'expected', `${engine}-${String(version)}`);
      const units = await renderCase(name, engine, version);
      for (const unit of units) await expect(unit.text).toMatchFileSnapshot(path.join(expected, unit.name));
      const names = units.map((unit) => unit.name);
      for (const file of existsSync(expected) ? await readdir(expected) : []) expect(names).toContain(file);
    });
  });
});

describe('systemd-analyze verify', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gear-verify-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  // systemd 252 knows no RestartSteps=; the newer text is verified on the newer hosts of the lab.
  it.each(cases.flatMap((name) => engines.map((engine) => [name, engine] as const)))(
    'has nothing to say of %s for %s',
    async (name, engine) => {
      const units = await renderCase(name, engine, 252, '/bin/true');
      for (const unit of units) await writeFile(path.join(folder, unit.name), unit.text);
      for (const other of others)
        await writeFile(path.join(folder, other), '[Service]\nExecStart=/bin/true\n');
      const files = units.map((unit) => path.join(folder, unit.name));
      const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` };
      const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', ...files], { env });
      expect(stdout + stderr).toBe('');
    },
  );
});
