import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { contextOn, installing } from './gear-in-memory.ts';

const other = { command: 'apply shop.yaml', by: 'anna', pid: 7, sinceMs: 0 };

/** A host on which somebody else holds the lock. */
async function busyHost(): Promise<{ host: MemoryHost; release: () => Promise<void> }> {
  const host = new MemoryHost();
  const lease = await host.lock.acquire(other, { timeoutMs: 1000 });
  return { host, release: () => lease.release() };
}

test('an image that no registry has is told though another command holds the lock', async () => {
  const { host } = await busyHost();
  const result = await installing(['absent:1', 'web'])(contextOn(host));
  expect(result).toMatchObject({ ok: false, failures: [{ code: 'IMAGE_UNKNOWN' }] });
  expect(host.lock.holder).toEqual(other);
});

test('an image is pulled while another command holds the lock, and the change waits for it', async () => {
  const { host, release } = await busyHost();
  host.docker.images.publish('web:1');
  const holders: unknown[] = [];
  const emit: FlowContext['emit'] = ({ type }) => {
    if (type !== 'pulled') return;
    holders.push(host.lock.holder);
    void release();
  };
  expect(await installing(['web:1', 'web'])({ ...contextOn(host), emit })).toMatchObject({ ok: true });
  expect(holders).toEqual([other]);
  expect(host.lock.holder).toBeNull();
});

test('Ctrl-C while an image is looked for and the lock is waited for ends as an interruption', async () => {
  const { host } = await busyHost();
  host.docker.images.add('web:1');
  const controller = new AbortController();
  const emit: FlowContext['emit'] = ({ type }) => {
    if (type === 'waiting') controller.abort();
  };
  const result = await installing(['web:1', 'web'])({ ...contextOn(host), signal: controller.signal, emit });
  expect(result).toMatchObject({ ok: false, failures: [{ code: 'INTERRUPTED' }] });
});

test('the same image for several containers is fetched once', async () => {
  const host = new MemoryHost();
  host.docker.images.publish('web:1');
  const events: string[] = [];
  const emit: FlowContext['emit'] = ({ type }) => {
    events.push(type);
  };
  const result = await installing(['web:1', 'a', 'b', 'c'])({ ...contextOn(host), emit });
  expect(result).toMatchObject({ ok: true });
  expect(events.filter((type) => type === 'pulled')).toHaveLength(1);
});
