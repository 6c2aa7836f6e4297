import type { Suspicion } from '../../controller/change-host.ts';
import type { Running } from '../../controller/run.ts';
import type { FlowContext } from '../../flows/context.ts';
import { printMetrics } from '../../report/metrics.ts';
import type { WatchState } from '../../report/watch-state.ts';
import { localTimers } from '../context.ts';
import { followLocalHost, notifyService, serveWatchSocket } from './context.ts';
import type { GitFolder } from './git-folder.ts';
import { describeState, type WatchHub } from './hub.ts';

/** Ends what was begun. */
export type Close = () => Promise<void> | void;

/** What SIGHUP and SIGUSR1 ask for. */
interface OnSignal {
  readonly rescan: () => void;
  readonly confirm: () => void;
}

/**
 * SIGHUP looks at once; SIGUSR1 is what `gear watch confirm` sends. Heard before anybody can find this process by its
 * lock: by default SIGUSR1 opens Node's inspector to every user of the host, and SIGHUP ends the process. What comes
 * before `passTo` asks for what the first look does by itself.
 */
export function listenToSignals(): { readonly passTo: (on: OnSignal) => void; readonly close: Close } {
  let passed: OnSignal | null = null;
  const rescan = (): void => passed?.rescan();
  const confirm = (): void => passed?.confirm();
  process.on('SIGHUP', rescan).on('SIGUSR1', confirm);
  return {
    passTo: (on) => {
      passed = on;
    },
    close: () => void process.off('SIGHUP', rescan).off('SIGUSR1', confirm),
  };
}

/** Passes on what changes on the host by itself. */
export async function followHost(running: Running, suspicion: Suspicion): Promise<Close> {
  const signals = await followLocalHost({
    edited: () => {
      suspicion.edited = true;
      running.send({ type: 'stirred' });
    },
    stirred: () => running.send({ type: 'stirred' }),
    recovered: () => running.send({ type: 'recovered' }),
    health: (instance, healthy) => running.send({ type: 'health', instance, healthy }),
  });
  return () => {
    for (const each of signals) each.close();
  };
}

/** Serves state, events and metrics on the socket. */
export async function serve(
  { pid, version, clock }: FlowContext,
  { folders, repository }: { readonly folders: readonly string[]; readonly repository: GitFolder | null },
  running: Running,
  hub: WatchHub,
): Promise<Close> {
  const sinceMs = clock.nowMs();
  const state = (): WatchState => {
    const commit = repository?.commit() ?? null;
    const facts = { pid, version, sinceMs, folders, commit, counters: hub.counters };
    return describeState(running.state(), { ...facts, nowMs: localTimers.nowMs() });
  };
  const server = await serveWatchSocket({
    state: () => JSON.stringify(state()),
    metrics: () => printMetrics(state()),
    subscribe: (onLine) => hub.listen((event) => onLine(JSON.stringify(event))),
  });
  return () => server.close();
}

/** Tells systemd in time that this process is alive, where it asks for that (WatchdogSec=). */
export function keepAlive(): Close {
  const periodMs = Number(process.env['WATCHDOG_USEC'] ?? 0) / 1000 / 2;
  if (periodMs === 0) return () => undefined;
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = localTimers.after(periodMs, again);
    void notifyService('WATCHDOG=1');
  };
  again();
  return () => {
    cancel();
  };
}
