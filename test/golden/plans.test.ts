import path from 'node:path';
import { expect, test } from 'vitest';
import { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import { printPlanReport } from '../../src/report/plan.ts';
import { createStyle } from '../../src/report/style.ts';
import { anApp, applying, type ContainerParts, planOn, withImages } from '../unit/flows/apps-in-memory.ts';
import { run } from '../unit/flows/gear-in-memory.ts';

const shop = (containers: Readonly<Record<string, ContainerParts>>): AppRequest =>
  anApp('shop', containers, { engine: 'docker' });

const web: ContainerParts = {
  memoryBytes: 64 * 1024 * 1024,
  env: { PASSWORD: 'swordfish' },
  content: { '/etc/web.conf': 'one' },
};
const present = shop({ web, db: {}, old: { image: 'data:1' } });

const cases: readonly (readonly [string, AppRequest])[] = [
  ['new', anApp('blog', { web: { after: ['db'] }, db: {} }, { engine: 'docker' })],
  [
    'changed',
    shop({
      web: { image: 'web:2', env: { PASSWORD: 'marlin', MORE: '1' }, content: { '/etc/web.conf': 'two' } },
      db: {},
      old: { image: 'data:1' },
    }),
  ],
  ['removed', shop({ web, db: {} })],
  ['renamed', shop({ web, db: {}, vault: { image: 'data:1' } })],
  ['unchanged', present],
];

/** `vitest run --project golden -u` writes what is found. The texts of units have goldens of their own: one shows a diff. */
test.each(cases)('a plan of what is %s is told as expected', async (name, wanted) => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1', 'web:2');
  host.docker.images.add('data:1', { volumes: ['/data'] });
  await run(host, applying([present]));
  const { units = [], ...report } = await planOn(host, [wanted]);
  const shown = name === 'changed' ? { ...report, units } : report;
  const text = printPlanReport(shown, createStyle({ columns: 120 }, {}), { verbose: false });
  await expect(`${text}\n`).toMatchFileSnapshot(path.join(import.meta.dirname, 'plans', `${name}.txt`));
  expect(text + JSON.stringify(units)).not.toMatch(/swordfish|marlin/);
});
