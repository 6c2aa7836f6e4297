import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { mendTogether } from '../../../src/controller/change-host.ts';
import type { EngineKind } from '../../../src/core/model/container.ts';
import { listContainers } from '../../../src/flows/list.ts';
import { setContainers } from '../../../src/flows/set.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { inspectApps } from '../../../src/flows/watch-drift.ts';
import { printChange } from '../../../src/report/change.ts';
import { stateOf } from '../../../src/report/list.ts';
import { createStyle } from '../../../src/report/style.ts';
import { anApp, applying, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run, runningOn } from './gear-in-memory.ts';

const style = createStyle({}, {});
const engines = ['docker', 'podman'] as const;
const path = '/srv/data';
const unmet = `ConditionPathExists=${path}`;
const conditional = { flags: { 'condition-path-exists': [path] } };
const options = { start: true, wait: true, timeoutMs: 10_000 };

async function installed(
  engine: EngineKind,
  flags: Readonly<Record<string, readonly string[]>> = {},
): Promise<{ readonly host: MemoryHost; readonly told: string }> {
  const host = withImages(new MemoryHost(), engine, 'nginx:1');
  const report = await run(
    host,
    installing(['nginx:1', 'web'], { engine, flags: { ...conditional.flags, ...flags } }),
  );
  return { host, told: printChange(report, style) };
}

async function rowOf(host: MemoryHost) {
  const [listed, status] = await Promise.all([
    listContainers(contextOn(host)),
    statusOf(contextOn(host), ['web']),
  ]);
  const [row, full] = [listed, status].map((each) => (each.ok ? each.value[0] : undefined));
  if (row === undefined || full === undefined) throw new Error('web is not listed');
  return { state: stateOf(row, style), problems: status.ok ? status.value[0]?.problems : [] };
}

const start = (host: MemoryHost) =>
  startContainers(contextOn(host), { names: ['web'], wait: true, timeoutMs: 10_000 });

describe.each(engines)('a condition that is not met, with %s', (engine) => {
  test('is told by install, and the container stays installed', async () => {
    const { host, told } = await installed(engine);
    expect(told).toBe(
      `web installed\n  web does not run: ${unmet} is not met; once that is so: gear start web`,
    );
    expect([...(await declaredOn(host)).keys()]).toEqual(['web']);
    expect([...runningOn(host)]).toEqual([]);
  });

  test('is no failure of its health check', async () => {
    const { host, told } = await installed(engine, { 'health-cmd': ['true'] });
    expect(told).toContain(`web does not run: ${unmet} is not met`);
    expect([...(await declaredOn(host)).keys()]).toEqual(['web']);
  });

  test('is what ls and status say of it', async () => {
    const { host } = await installed(engine);
    expect(await rowOf(host)).toEqual({
      state: 'condition not met',
      problems: [
        { message: `it does not run: ${unmet} is not met`, next: 'gear start web, once that is so' },
      ],
    });
  });

  test('is tried again by start, which tells whether it runs', async () => {
    const { host } = await installed(engine);
    const again = await start(host);
    expect(again.ok && printChange(again.value, style)).toContain(
      `web not started\n  web does not run: ${unmet}`,
    );
    await host.files.write(path, '', 0o644);
    const started = await start(host);
    expect(started.ok && printChange(started.value, style)).toBe('web started');
    expect([...runningOn(host).keys()]).toEqual(['web']);
    expect(await rowOf(host)).toEqual({ state: 'running', problems: [] });
  });

  test('is no longer in the way once it is taken away', async () => {
    const { host } = await installed(engine);
    const changed = await setContainers(contextOn(host), {
      names: ['web'],
      spec: {},
      environment: {},
      unsetEnvironment: [],
      reset: ['condition-path-exists'],
      pull: 'missing',
      wait: true,
      timeoutMs: 60_000,
    });
    expect(changed).toMatchObject({ ok: true, value: { instances: [{ name: 'web', result: 'mended' }] } });
    expect([...runningOn(host).keys()]).toEqual(['web']);
  });

  test('is told by the next apply, which has nothing to mend, and by watch, which leaves it so', async () => {
    const host = withImages(new MemoryHost(), engine, 'web:1');
    const directives = [{ section: 'Unit', name: 'ConditionPathExists', value: path }] as const;
    const shop = anApp('shop', { web: { directives } }, { engine });
    const apply = () => run(host, applying([shop]));
    expect(printChange(await apply(), style)).toContain('shop.web installed');
    const { starts } = (await host.systemd()).counts;
    expect(printChange(await apply(), style)).toBe(
      `shop.web unchanged\n  shop.web does not run: ${unmet} is not met; once that is so: gear start shop.web`,
    );
    expect(await inspectApps(contextOn(host), ['shop'], true)).toMatchObject({
      value: {
        drifts: [
          {
            instance: 'shop.web',
            reason: `it does not run: ${unmet} is not met`,
            onPurpose: true,
          },
        ],
        againInMs: null,
      },
    });
    await mendTogether((work) => work(contextOn(host)), ['shop'], options);
    expect((await host.systemd()).counts.starts).toBe(starts);
    expect([...runningOn(host)]).toEqual([]);
  });
});

test('an assertion that is not met takes the install back, and is named', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'nginx:1');
  const typed = installing(['nginx:1', 'web'], { flags: { unit: [`AssertPathExists=${path}`] } });
  expect(await typed(contextOn(host))).toMatchObject({
    ok: false,
    failures: [
      {
        code: 'TAKEN_BACK',
        message: expect.stringContaining(`AssertPathExists=${path} is not met`) as string,
      },
    ],
  });
  expect([...(await declaredOn(host)).keys()]).toEqual([]);
});

test('who requires it is told which condition keeps it from running', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const directives = [{ section: 'Unit', name: 'ConditionPathExists', value: path }] as const;
  const shop = anApp('shop', { db: { directives }, web: { requires: ['db'] } }, { engine: 'docker' });
  const failed = await applying([shop])(contextOn(host));
  expect(JSON.stringify(failed)).toContain(
    `shop.web did not start: it waits for shop.db, which does not run: ${unmet} is not met`,
  );
});
