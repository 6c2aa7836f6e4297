import { afterEach, expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { listenToSignals } from '../../../src/cli/watch/around-watch.ts';
import { watchFolders } from '../../../src/cli/watch/start.ts';
import { contextOn } from '../flows/gear-in-memory.ts';

const heard = (): readonly number[] => [process.listenerCount('SIGHUP'), process.listenerCount('SIGUSR1')];
const before = heard();
const lock = vi.hoisted(() => ({ onTaking: (): void => undefined }));

vi.mock('../../../src/cli/watch/watch-lock.ts', () => ({
  takeWatchLock: () => {
    lock.onTaking();
    return Promise.resolve({ holder: { command: 'watch', by: 'root', pid: 7, sinceMs: 0 } });
  },
}));
afterEach(() => {
  lock.onTaking = () => undefined;
});

test('whoever finds gear watch by its lock finds it hearing signals, and one that ends hears no more', async () => {
  let atLock: readonly number[] = [];
  lock.onTaking = () => {
    atLock = heard();
  };
  const watching = watchFolders(contextOn(new MemoryHost()), {
    folders: ['/etc/apps'],
    once: true,
    allowEmpty: false,
    drift: 'mend',
    start: true,
    wait: true,
    timeoutMs: 1000,
    tell: () => undefined,
  });
  await expect(watching).rejects.toMatchObject({ failures: [{ code: 'LOCKED' }] });
  expect(atLock).toEqual(before.map((count) => count + 1));
  expect(heard()).toEqual(before);
});

test('signals do nothing before there is what acts on them, and then each its own', async () => {
  const events: string[] = [];
  const signals = listenToSignals();
  process.emit('SIGHUP');
  process.emit('SIGUSR1');
  signals.passTo({ rescan: () => events.push('rescan'), confirm: () => events.push('confirm') });
  expect(events).toEqual([]);
  process.emit('SIGUSR1');
  process.emit('SIGHUP');
  expect(events).toEqual(['confirm', 'rescan']);
  await signals.close();
});
