import { lazyLock } from '../../adapters/host/lazy-lock.ts';
import { notifySystemd } from '../../adapters/watch/notify.ts';
import type { StatusSource } from '../../adapters/watch/status-socket.ts';
import type { GitSource } from '../../core/model/git-source.ts';
import { paths } from '../../core/model/paths.ts';
import type { GitCheckout } from '../../ports/git.ts';
import type { HostListener, HostSignals } from '../../ports/host-signals.ts';
import type { Lock } from '../../ports/lock.ts';
import type { Watcher, WatcherListener } from '../../ports/watcher.ts';
import { localTimers, sightingOf, thisMachine } from '../context.ts';

/** Held by the one `gear watch` of this machine. It is held for months, and its death is heard at once: it is fed seldom. */
export function watchLock(): Lock {
  return lazyLock(paths.watchLock, { heartbeatMs: 10_000, graceMs: 30_000 });
}

/** Listens to folders of this machine. */
export async function createLocalWatcher(listener: WatcherListener): Promise<Watcher> {
  return (await import('../../adapters/watch/watcher.ts')).createWatcher(listener);
}

/** Hears of what changes on this machine by itself: its units, and what its engines have. */
export async function followLocalHost(listener: HostListener): Promise<readonly HostSignals[]> {
  const [{ followUnits }, { followEngine }, { engines }] = await Promise.all([
    import('../../adapters/watch/unit-signals.ts'),
    import('../../adapters/watch/engine-events.ts'),
    thisMachine().facts(),
  ]);
  return [
    followUnits(listener, localTimers),
    ...engines.map((kind) => followEngine(kind, listener, localTimers)),
  ];
}

/** Serves what a watch tells on its socket. */
export async function serveWatchSocket(source: StatusSource): Promise<{ close(): Promise<void> }> {
  return (await import('../../adapters/watch/status-socket.ts')).serveStatus(paths.watchSocket, source);
}

/** Whether one may run: asking costs more than looking. */
export function hasWatchSocket(): boolean {
  return sightingOf(paths.watchSocket).signature !== '-';
}

/** Asks the watch of this machine; null when none runs. */
export async function readWatchSocket(
  what: '/state' | '/events',
  signal?: AbortSignal,
): Promise<AsyncIterable<string> | null> {
  return (await import('../../adapters/watch/status-socket.ts')).readStatus(paths.watchSocket, what, signal);
}

/** Tells systemd how this process is, where it was started as a service. */
export const notifyService = notifySystemd;

/** A clean copy of a repository on this machine. */
export async function localGitCheckout(source: GitSource): Promise<GitCheckout> {
  return (await import('../../adapters/git/checkout.ts')).gitCheckout(paths.checkouts, source);
}
