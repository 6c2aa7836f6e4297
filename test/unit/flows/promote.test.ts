import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import { ok } from '../../../src/errors/failure.ts';
import { promoteApp } from '../../../src/flows/promote.ts';
import type { PlanReport } from '../../../src/report/values-of-plans.ts';
import { anApp, applying, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, run, runningOn } from './gear-in-memory.ts';

async function promoting(
  overlay: (app: AppRequest) => AppRequest,
  confirm: ((plan: PlanReport) => Promise<boolean>) | null = null,
) {
  const staging = withImages(new MemoryHost(), 'docker', 'web:1');
  const prod = withImages(new MemoryHost(), 'docker', 'web:1');
  await run(staging, applying([anApp('shop', { web: { env: { A: '1' } } })]));
  const overlaid = (app: AppRequest) => Promise.resolve(ok(overlay(app)));
  const between = { from: contextOn(staging), to: contextOn(prod) };
  const input = { app: 'shop', overlaid, wait: true, timeoutMs: 60_000 };
  return { prod, staging, result: await promoteApp(between, input, confirm) };
}

test('what runs on one host runs on the other, and stays where it was', async () => {
  const { prod, staging, result } = await promoting((app) => app);
  expect(result).toMatchObject({
    ok: true,
    value: { instances: [{ name: 'shop.web', result: 'installed' }] },
  });
  for (const host of [staging, prod]) expect([...runningOn(host).keys()]).toEqual(['shop.web']);
});

test('the plan is shown before, and a no changes nothing', async () => {
  const { prod, result } = await promoting(
    (app) => app,
    (plan) => {
      expect(plan.apps[0]?.containers).toMatchObject([{ name: 'shop.web', action: 'new' }]);
      return Promise.resolve(false);
    },
  );
  expect(result).toMatchObject({ ok: true, value: { declined: true } });
  expect((await declaredOn(prod)).size).toBe(0);
});

test('an overlay cannot bring another image', async () => {
  const { prod, result } = await promoting((app) => ({
    ...app,
    containers: app.containers.map((each) => ({ ...each, spec: { ...each.spec, image: 'web:2' } })),
  }));
  expect(result).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID', subject: 'web' }] });
  expect((await declaredOn(prod)).size).toBe(0);
});
