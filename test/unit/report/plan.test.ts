import { expect, test } from 'vitest';
import { printPlanReport } from '../../../src/report/plan.ts';
import { createStyle } from '../../../src/report/style.ts';
import type { PlanReport } from '../../../src/report/values-of-plans.ts';

const style = createStyle({}, {});
const none = { reason: null, changes: [], operations: [] } as const;

const report: PlanReport = {
  from: 3,
  digest: 'd',
  changes: true,
  apps: [
    {
      app: 'shop',
      source: 'shop.yaml',
      containers: [
        { ...none, name: 'shop.cache', action: 'removed', reason: 'no longer declared' },
        { ...none, name: 'shop.db', action: 'unchanged' },
        { ...none, name: 'shop.proxy', action: 'reloaded', reason: 'its files changed' },
        { ...none, name: 'shop.web', action: 'changed', changes: ['image: web:1 → web:2'] },
      ],
      networks: [{ name: 'shop_back', isNew: true }],
    },
  ],
  pulls: [{ engine: 'docker', image: 'web:2' }],
  forms: {},
  images: {},
  operations: [{ kind: 'unit.restart', subject: 'shop.web', reason: 'its form changed' }],
};

test('gear plan tells what becomes of each container, and counts those that nothing becomes of', () => {
  expect(printPlanReport(report, style, { verbose: false }).split('\n')).toEqual([
    'shop (shop.yaml)',
    '  - shop.cache goes; its volumes stay unless --prune-volumes',
    '  ~ shop.proxy reloads and runs on: its files changed',
    '  ~ shop.web changes',
    '      image: web:1 → web:2',
    '  + network shop_back',
    '  = 1 unchanged',
    '',
    'pull web:2 (docker)',
    '',
    '0 new, 2 changed, 1 removed, 1 unchanged.',
  ]);
});

test('of several apps the ones of which nothing becomes are one line', () => {
  const still = (app: string) => ({
    ...{ app, source: `${app}.yaml`, networks: [] },
    containers: [{ ...none, name: `${app}.web`, action: 'unchanged' as const }],
  });
  const apps = [...report.apps, still('blog'), still('wiki')];
  const lines = printPlanReport({ ...report, apps }, style, { verbose: false }).split('\n');
  expect(lines).toContain('= 2 apps are unchanged');
  expect(lines.join('\n')).not.toContain('blog');
  const one = printPlanReport({ ...report, apps: [still('blog')] }, style, { verbose: false });
  expect(one).toContain('blog (blog.yaml)\n  = 1 unchanged');
});

test('with --verbose it lists the operations', () => {
  expect(printPlanReport(report, style, { verbose: true })).toContain(
    'unit.restart shop.web: its form changed',
  );
});

test('what is done although no container changes is told with its reason', () => {
  const reason = 'an earlier command was interrupted';
  const text = printPlanReport(
    {
      ...report,
      apps: [],
      pulls: [],
      operations: [{ kind: 'systemd.reload', subject: 'systemd', reason }],
    },
    style,
    { verbose: false },
  );
  expect(text).toContain(`systemd: ${reason}`);
});
