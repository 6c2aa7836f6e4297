import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderInstance } from '../../src/core/render/render.ts';
import { renderWatchService } from '../../src/core/render/watch-service.ts';
import { inUserScope } from '../support/in-user-scope.ts';
import { type InstanceParts, makeInstance } from '../support/instance.ts';

const here = import.meta.dirname;
const target = { systemdVersion: 257, engineCommand: '/usr/bin/podman', liveRestore: false };

/** Cases of test/golden/units, as units of a user. */
describe('units of gear --user', () => {
  inUserScope();

  it.each(['plain', 'files-and-secrets', 'image-check', 'schedule'])(
    '%s is rendered as expected',
    async (name) => {
      const text = await readFile(path.join(here, 'units', name, 'instance.json'), 'utf8');
      const parts = JSON.parse(text) as InstanceParts;
      const rendered = renderInstance(makeInstance({ ...parts, engine: 'podman' }), target, {
        dependencies: new Map(),
      });
      if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
      for (const unit of rendered.value) {
        await expect(unit.text).toMatchFileSnapshot(path.join(here, 'user-units', name, unit.name));
        expect(unit.text).not.toMatch(/multi-user|network-online|\/etc\/gear|\/run\/gear|\/var\/lib\/gear/);
      }
    },
  );

  it('the service of gear watch is rendered as expected', async () => {
    const text = renderWatchService({
      program: ['/usr/bin/node', '/opt/gear/bin/run.cjs'],
      words: ['/home/anna/apps'],
    });
    await expect(text).toMatchFileSnapshot(path.join(here, 'user-units', 'gear-watch.service'));
  });
});
