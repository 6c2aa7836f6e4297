import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import type { Event } from '../../../src/report/events.ts';
import { anApp, applying } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run, runningOn, type Typed } from './gear-in-memory.ts';

const busy: Failure = { code: 'ENGINE_FAILED', message: 'device or resource busy', next: 'look at dockerd' };

function aHost(): MemoryHost {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  host.docker.images.add('web:2');
  return host;
}

/** Types a command; returns how it ended and the warnings that it gave. */
async function typedOn(host: MemoryHost, typed: Typed) {
  const warnings: string[] = [];
  const emit = (event: Event): void => {
    if (event.type === 'warning') warnings.push(event.message);
  };
  const result = await typed({ ...contextOn(host), emit });
  return { result, warnings };
}

/** Ctrl-C when the second generation of a command is declared, which is that of going back. */
function interruptedWayBack(): Pick<FlowContext, 'emit' | 'signal'> {
  const controller = new AbortController();
  let swaps = 0;
  return {
    signal: controller.signal,
    emit: (event) => {
      if (event.type !== 'operation' || event.phase !== 'done' || event.kind !== 'generation.swap') return;
      swaps += 1;
      if (swaps === 2) controller.abort();
    },
  };
}

const containersOn = (host: MemoryHost): Promise<readonly unknown[]> =>
  Promise.resolve(host.docker.containers.all());

describe.each([
  { title: 'without a check', flags: {} },
  { title: 'with a check', flags: { 'health-cmd': ['true'] } },
])('a replaced container that cannot be removed, $title', ({ flags }) => {
  const web = (version: string): Typed => installing([`web:${version}`, 'web'], { engine: 'docker', flags });

  test('leaves the new one serving, is told, and goes with the next change', async () => {
    const host = aHost();
    await run(host, web('1'));
    const [before] = (await declaredOn(host)).values();
    host.calls.refuse(/^docker\.remove/, busy);

    const { result, warnings } = await typedOn(host, web('2'));

    expect(result).toMatchObject({ ok: true });
    expect(warnings).toEqual([expect.stringContaining('device or resource busy')]);
    const declared = (await declaredOn(host)).get('web');
    expect(declared?.hash).not.toBe(before?.hash);
    expect(runningOn(host).get('web')).toEqual([declared?.hash]);
    expect(await containersOn(host)).toHaveLength(2);
    await run(host, web('2'));
    expect(await containersOn(host)).toHaveLength(1);
  });
});

test('what an app replaced and cannot remove holds no app back', async () => {
  const host = aHost();
  const apps = (image: string) => ['shop', 'blog'].map((name) => anApp(name, { web: { image } }));
  await run(host, applying(apps('web:1')));
  host.calls.refuse(/^docker\.remove/, busy);

  const { result, warnings } = await typedOn(host, applying(apps('web:2')));

  expect(result.ok && (result.value.left ?? [])).toEqual([]);
  expect(result.ok && (result.value.failures ?? [])).toEqual([]);
  expect(warnings).toHaveLength(1);
});

test('a container that was to go and cannot be removed is a failure, and does not come back', async () => {
  const host = aHost();
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  host.calls.refuse(/^docker\.remove/, busy);

  const { result } = await typedOn(host, (context) =>
    removeContainers(context, { names: ['web'], volumes: false }),
  );

  expect(!result.ok && result.failures).toMatchObject([
    { code: 'ENGINE_FAILED', message: expect.stringContaining('device or resource busy') as string },
  ]);
  expect([...(await declaredOn(host)).keys()]).toEqual([]);
  expect(runningOn(host).get('web')).toBeUndefined();
});

test('it is one where the change waits for the check of another, too', async () => {
  const host = aHost();
  const checked = { health: { command: ['true'] } };
  await run(host, applying([anApp('shop', { web: checked, old: {} })]));
  host.calls.refuse(/^docker\.remove ctr-shop\.old/, busy);

  const { result } = await typedOn(host, applying([anApp('shop', { web: { ...checked, image: 'web:2' } })]));

  expect(result.ok && result.value.failures).toMatchObject([
    { message: expect.stringContaining('device or resource busy') as string },
  ]);
  expect(result.ok && result.value.left).toEqual([]);
});

test('why an app went back is told, also where the end of the change is interrupted', async () => {
  const host = aHost();
  const apps = (image: string) =>
    ['shop', 'blog'].map((name) => anApp(name, { web: { image, health: { command: ['true'] } } }));
  await run(host, applying(apps('web:1')));
  host.payloads.behaviours.set('ctr-shop.web-ready.service', 'never ready');

  const result = await applying(apps('web:2'))({ ...contextOn(host), ...interruptedWayBack() });

  const failures = result.ok ? (result.value.failures ?? []) : result.failures;
  expect(failures.map(({ subject }) => subject)).toContain('shop.web');
  expect(failures.map(({ code }) => code)).toContain('INTERRUPTED');
});

test('a way back that is interrupted is not told as done', async () => {
  const host = aHost();
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  host.calls.refuse(/^systemd\.(re)?start ctr-web/, {
    code: 'START_FAILED',
    message: 'web could not be started',
    next: 'look: gear logs web',
    subject: 'web',
  });

  const result = await installing(['web:2', 'web'], { engine: 'docker' })({
    ...contextOn(host),
    ...interruptedWayBack(),
  });

  const failures = result.ok ? [] : result.failures;
  expect(failures.map(({ code }) => code)).toEqual(['START_FAILED', 'INTERRUPTED']);
  expect(failures.map(({ message }) => message).join()).not.toContain('runs again');
});
