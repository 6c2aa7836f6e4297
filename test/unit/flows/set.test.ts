import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { setContainers } from '../../../src/flows/set.ts';
import type { Event } from '../../../src/report/events.ts';
import { anApp, applying, withImages } from './apps-in-memory.ts';
import { contextOn, run } from './gear-in-memory.ts';

const unchanged = {
  environment: {},
  unsetEnvironment: [],
  reset: [],
  pull: 'missing',
  wait: true,
  timeoutMs: 60_000,
} as const;

test('an image for an app of several containers is refused: none of them would be what it was', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1', 'web:2', 'db:1');
  const shop = anApp('shop', { web: {}, db: { image: 'db:1' } }, { engine: 'docker' });
  await run(host, applying([shop]));
  const mark = host.calls.mark;
  const all = await setContainers(contextOn(host), {
    ...unchanged,
    names: ['shop'],
    spec: { image: 'web:2' },
  });
  expect(all).toMatchObject({ ok: false, failures: [{ code: 'USAGE', subject: 'shop' }] });
  expect(host.calls.since(mark)).toEqual([]);
  const one = await setContainers(contextOn(host), {
    ...unchanged,
    names: ['shop.web'],
    spec: { image: 'web:2' },
  });
  expect(one).toMatchObject({ ok: true, value: { instances: [{ name: 'shop.web', result: 'updated' }] } });
});

test('a variable to unset that none of the named containers has is told; one that some have is not', async () => {
  const host = withImages(new MemoryHost(), 'docker', 'web:1', 'db:1');
  const shop = anApp('shop', { web: { env: { TRACE: '1' } }, db: { image: 'db:1' } }, { engine: 'docker' });
  await run(host, applying([shop]));
  const warned: unknown[] = [];
  const emit = (event: Event): void => {
    if (event.type === 'warning') warned.push(event);
  };
  const unset = await setContainers(
    { ...contextOn(host), emit },
    {
      ...unchanged,
      names: ['shop'],
      spec: {},
      unsetEnvironment: ['TRACE', 'NOPE'],
    },
  );
  expect(unset).toMatchObject({
    ok: true,
    value: {
      instances: [
        { name: 'shop.db', result: 'unchanged' },
        { name: 'shop.web', result: 'updated' },
      ],
    },
  });
  const message = 'no variable NOPE was set for it, so none is taken away';
  expect(warned).toEqual([{ type: 'warning', subject: 'shop', message }]);
});
