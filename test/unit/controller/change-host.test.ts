import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { applyTogether, fetchTogether, removeTogether } from '../../../src/controller/change-host.ts';
import type { AppOutcome, Outcomes } from '../../../src/controller/machine/events.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { Event } from '../../../src/report/events.ts';
import { anApp, withImages } from '../flows/apps-in-memory.ts';
import { contextOn, declaredOn } from '../flows/gear-in-memory.ts';

const engine = { engine: 'docker' } as const;
const near = anApp('near', { web: {} }, engine);
const far = anApp('far', { web: { image: 'far:1' } }, engine);
const farther = anApp('farther', { web: { image: 'farther:1' }, db: { image: 'far:1' } }, engine);

function applying(host: MemoryHost, ...apps: readonly AppRequest[]): Promise<Outcomes> {
  const options = { start: true, wait: true, timeoutMs: 10_000 };
  return applyTogether((work) => work(contextOn(host)), apps, options);
}

async function fetching(
  host: MemoryHost,
  ...apps: readonly AppRequest[]
): Promise<ReadonlyMap<string, AppOutcome>> {
  const ends = new Map<string, AppOutcome>();
  await fetchTogether(
    (work) => work(contextOn(host)),
    apps,
    (app, outcome) => ends.set(app, outcome),
  );
  return ends;
}

test('apps whose images have to be fetched say so, and the others of the same change are applied', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  host.docker.images.publish('far:1');
  const outcomes = await applying(host, near, far, farther);
  expect(outcomes.get('near')).toEqual({ ok: true });
  for (const app of ['far', 'farther'])
    expect(outcomes.get(app)).toMatchObject({ ok: false, lacksImages: true });
  expect([...(await declaredOn(host)).keys()]).toEqual(['near.web']);
  // With nothing else to do it is the same.
  expect((await applying(host, far)).get('far')).toMatchObject({ ok: false, lacksImages: true });
});

test('fetched, they are applied; one whose image no registry has is told with why, by its own name', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  host.docker.images.publish('far:1');
  const ends = await fetching(host, far, farther);
  expect(ends.get('far')).toEqual({ ok: true });
  expect(ends.get('farther')).toMatchObject({
    ok: false,
    failures: [{ code: 'IMAGE_UNKNOWN', subject: 'farther:1' }],
  });
  expect((await applying(host, far)).get('far')).toEqual({ ok: true });
});

test('nothing of an app is fetched while something else is wrong with it, and that alone is told', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const request = anApp('shop', { web: { image: 'far:1', secretEnv: { PASSWORD: 'absent' } } }, engine);
  const outcome = (await applying(host, near, request)).get('shop');
  expect(outcome).toMatchObject({ ok: false, failures: [{ code: 'SECRET_UNKNOWN' }] });
  expect(outcome).not.toHaveProperty('lacksImages');
});

test('apps that are removed are gone also where a container of one is busy, which is told', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  const blog = anApp('blog', { web: {} }, engine);
  await applying(host, near, blog);
  const busy = { code: 'ENGINE_FAILED', message: 'device or resource busy', next: 'look' } as const;
  host.calls.refuse(/^docker\.remove ctr-near/, busy);
  const told: string[] = [];
  const context = {
    ...contextOn(host),
    emit: (event: Event) => {
      if (event.type === 'warning') told.push(event.message);
    },
  };

  const outcomes = await removeTogether((work) => work(context), ['near', 'blog']);

  expect(Object.fromEntries(outcomes)).toEqual({ near: { ok: true }, blog: { ok: true } });
  expect([...(await declaredOn(host)).keys()]).toEqual([]);
  expect(told).toEqual([expect.stringContaining('device or resource busy')]);
});
