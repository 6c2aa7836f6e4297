import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { sickInstances } from '../../../src/flows/sick.ts';
import { anInstance } from '../../support/builders.ts';
import { contextOn } from './gear-in-memory.ts';

test('an engine that does not answer soon holds up no list, and is no fault of it', async () => {
  const host = new MemoryHost();
  const podman = await host.engine('podman');
  podman.owned = (signal) =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const sick = await sickInstances(contextOn(host), [anInstance('web', { engine: 'podman' })]);
  expect(sick).toEqual(new Set());
});

test('a bug of what asks an engine stays one', async () => {
  const host = new MemoryHost();
  const podman = await host.engine('podman');
  podman.owned = () => Promise.reject(new TypeError('of null'));
  const asking = sickInstances(contextOn(host), [anInstance('web', { engine: 'podman' })]);
  await expect(asking).rejects.toThrow('of null');
});
