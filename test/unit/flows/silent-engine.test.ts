import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import type { Event } from '../../../src/report/events.ts';
import { applyApps } from '../../../src/flows/apply.ts';
import { previewApps } from '../../../src/flows/preview.ts';
import { anApp } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run, runningOn, type Typed } from './gear-in-memory.ts';

const wait = { wait: true, timeoutMs: 60_000 };
const pod = (version: string): Typed => installing([`web:${version}`, 'pod'], { engine: 'podman' });
const whale = (version: string): Typed => installing([`web:${version}`, 'whale'], { engine: 'docker' });
let host: MemoryHost;

/** Two apps, one of each engine; then dockerd goes away. */
beforeEach(async () => {
  host = new MemoryHost();
  for (const engine of [host.docker, host.podman])
    for (const version of ['1', '2']) engine.images.add(`web:${version}`);
  await run(host, whale('1'));
  await run(host, pod('1'));
  await run(host, pod('2'));
  host.docker.up = false;
});

const commands: readonly (readonly [string, Typed])[] = [
  ['install', installing(['web:1', 'another'], { engine: 'podman' })],
  ['an update', pod('1')],
  ['stop', (context) => stopContainers(context, { names: ['pod'], ...wait })],
  ['start', (context) => startContainers(context, { names: ['pod'], ...wait })],
  ['rollback', (context) => rollback(context, { name: 'pod', ...wait })],
  ['rm', (context) => removeContainers(context, { names: ['pod'], volumes: false })],
  ['rm --volumes', (context) => removeContainers(context, { names: ['pod'], volumes: true })],
];

test.each(commands)('%s of what Podman runs works while Docker is silent, and says so', async (_, typed) => {
  const whaleBefore = (await declaredOn(host)).get('whale');
  const events: Event[] = [];
  const result = await typed({ ...contextOn(host), emit: (event) => void events.push(event) });
  expect(result).toMatchObject({ ok: true });
  expect((await declaredOn(host)).get('whale')).toEqual(whaleBefore);
  expect(events.filter(({ type }) => type === 'warning')).toEqual([
    { type: 'warning', subject: 'docker', message: 'it does not answer; what it runs is left as it is' },
  ]);
});

test('what Docker runs is not touched meanwhile, and changes again once it answers', async () => {
  await run(host, pod('1'));
  const containers = host.docker.containers.all().map(({ name }) => name);
  host.docker.up = true;
  expect(host.docker.containers.all().map(({ name }) => name)).toEqual(containers);
  await run(host, whale('2'));
  expect([...runningOn(host).keys()].toSorted()).toEqual(['pod', 'whale']);
});

test('a command on what Docker runs still fails, and changes nothing', async () => {
  const before = await declaredOn(host);
  expect(await whale('2')(contextOn(host))).toMatchObject({ ok: false, failures: [{ code: 'ENGINE_DOWN' }] });
  const stopping = await stopContainers(contextOn(host), { names: ['whale'], ...wait });
  expect(stopping).toMatchObject({ ok: false, failures: [{ code: 'ENGINE_DOWN' }] });
  expect(await declaredOn(host)).toEqual(before);
});

test.each(['a plan', 'an apply'])('%s of apps holds back those of the silent engine alone', async (what) => {
  const apps = [
    anApp('left', { web: {} }, { engine: 'docker', networks: [] }),
    anApp('right', { web: {} }, { engine: 'podman' }),
  ];
  const input = { apps, failures: [], pull: 'missing', pruneVolumes: false, start: true } as const;
  const result =
    what === 'a plan'
      ? await previewApps(contextOn(host), { ...input, diff: false })
      : await applyApps(contextOn(host), { ...input, ...wait });
  expect(result).toMatchObject({ ok: true, value: { failures: [{ code: 'ENGINE_DOWN' }] } });
  expect((await declaredOn(host)).has('right.web')).toBe(what === 'an apply');
  expect((await declaredOn(host)).has('left.web')).toBe(false);
});
