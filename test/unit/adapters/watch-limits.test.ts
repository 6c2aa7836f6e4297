import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';

const started: EventEmitter[] = [];
vi.mock('chokidar', () => ({
  watch: () => {
    const watcher = Object.assign(new EventEmitter(), { close: () => Promise.resolve() });
    started.push(watcher);
    setImmediate(() => watcher.emit('ready'));
    return watcher;
  },
}));
const { createWatcher } = await import('../../../src/adapters/watch/watcher.ts');

afterEach(() => {
  vi.useRealTimers();
});

test.each(['ENOSPC', 'EMFILE'])(
  'the limits of inotify (%s) are one warning, and from then on it looks every second',
  async (code) => {
    const told: string[] = [];
    let heard = 0;
    const watcher = createWatcher({ heard: () => heard++, troubled: (why) => told.push(why) });
    await watcher.follow(['/nowhere/apps'], []);
    vi.useFakeTimers();
    const refused = Object.assign(new Error(code), { code, errno: -1, syscall: 'watch' });
    for (let times = 0; times < 3; times++) started.at(-1)?.emit('error', refused);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('fs.inotify.max_user_watches');
    heard = 0;
    vi.advanceTimersByTime(3_000);
    expect(heard).toBe(3);
    await watcher.close();
    vi.advanceTimersByTime(3_000);
    expect(heard).toBe(3);
  },
);
