import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { carriedThrough } from '../../../src/flows/carried-through.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import type { Event } from '../../../src/report/events.ts';
import { withImages } from './apps-in-memory.ts';
import { contextOn, installing, runningOn } from './gear-in-memory.ts';

const host = (): MemoryHost => withImages(new MemoryHost(), 'docker', 'web:1');
const install = installing(['web:1', 'web'], { engine: 'docker' });

function interruptible(on: MemoryHost, atFirstOperation: boolean): FlowContext {
  const stop = new AbortController();
  if (!atFirstOperation) stop.abort();
  const emit = ({ type }: Event): void => {
    if (type === 'operation') stop.abort();
  };
  return { ...contextOn(on), signal: stop.signal, emit };
}

test('what has begun comes to its end, whoever interrupts it', async () => {
  const on = host();
  expect(await install(carriedThrough(interruptible(on, true)))).toMatchObject({ ok: true });
  expect([...runningOn(on).keys()]).toEqual(['web']);
});

test('what has not begun does not begin any more', async () => {
  const on = host();
  expect(await install(carriedThrough(interruptible(on, false)))).toMatchObject({
    ok: false,
    failures: [{ code: 'INTERRUPTED' }],
  });
  expect([...runningOn(on).keys()]).toEqual([]);
});
