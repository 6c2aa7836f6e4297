import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { anApp, applying } from './apps-in-memory.ts';
import { contextOn, run, runningOn } from './gear-in-memory.ts';

const engine = { engine: 'docker' } as const;
const images = ['a:2', 'b:2', 'c:2', 'd:2'];
const old = [anApp('shop', { a: {}, b: {} }, engine), anApp('blog', { c: {}, d: {} }, engine)];
const updated = [
  anApp('shop', { a: { image: 'a:2' }, b: { image: 'b:2' } }, engine),
  anApp('blog', { c: { image: 'c:2' }, d: { image: 'd:2' } }, engine),
];

/** Two apps run, and their new images are at their registry. */
async function aHost(): Promise<MemoryHost> {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  for (const image of images) host.docker.images.publish(image);
  await run(host, applying(old));
  return host;
}

test('images of all apps are fetched side by side, and before anything that runs is touched', async () => {
  const host = await aHost();
  let inFlight = 0;
  let most = 0;
  const pull = host.docker.pull.bind(host.docker);
  host.docker.pull = async (...given) => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight--;
    return pull(...given);
  };
  const mark = host.calls.mark;
  await run(host, applying(updated));
  expect(most).toBe(images.length);
  const calls = host.calls.since(mark);
  const pulls = calls.filter((call) => call.startsWith('docker.pull'));
  expect(pulls).toHaveLength(images.length);
  const touches = calls.findIndex((call) => /^(?:systemd|docker)\.(?!pull)/.test(call));
  expect(touches).toBeGreaterThan(calls.indexOf(pulls.at(-1) ?? ''));
});

test('an image that cannot be fetched leaves its whole app running as it is', async () => {
  const host = await aHost();
  const before = runningOn(host);
  const failure = { code: 'PULL_FAILED', message: 'no route', next: '' } as const satisfies Failure;
  host.calls.refuse(/pull .*b:2/, failure);
  const report = await applying(updated)(contextOn(host));
  expect(report).toMatchObject({ ok: true, value: { left: ['shop'] } });
  const after = runningOn(host);
  for (const name of ['shop.a', 'shop.b']) expect(after.get(name)).toEqual(before.get(name));
  for (const name of ['blog.c', 'blog.d']) expect(after.get(name)).not.toEqual(before.get(name));
});
