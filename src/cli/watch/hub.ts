import type { ControllerState, AppState } from '../../controller/machine/state.ts';
import type { WatchCounters, WatchedApp, WatchState } from '../../report/watch-state.ts';
import type { WatchNews } from '../../report/watch.ts';

/** An event as the socket tells it. */
export type WatchEvent = WatchNews & { readonly timeMs: number };

/** Where everything that a watch tells comes together: counted, and passed on to whoever listens. */
export class WatchHub {
  #counters: WatchCounters = {
    applied: 0,
    removed: 0,
    mended: 0,
    restarted: 0,
    failed: 0,
    drifted: 0,
    changes: 0,
    changeMs: 0,
  };
  readonly #listeners = new Set<(event: WatchEvent) => void>();

  get counters(): WatchCounters {
    return this.#counters;
  }

  tell(news: WatchNews, timeMs: number): void {
    const counted = countedAs[news.type];
    if (counted !== undefined) this.#counters = { ...this.#counters, [counted]: this.#counters[counted] + 1 };
    for (const listener of this.#listeners) listener({ timeMs, ...news });
  }

  /** A change that applied something took so long. */
  changed(elapsedMs: number): void {
    const { changes, changeMs } = this.#counters;
    this.#counters = { ...this.#counters, changes: changes + 1, changeMs: changeMs + elapsedMs };
  }

  /** A container was restarted for its health check. */
  restarted(): void {
    this.#counters = { ...this.#counters, restarted: this.#counters.restarted + 1 };
  }

  listen(listener: (event: WatchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** News that are counted, and as what. */
const countedAs: Readonly<Partial<Record<WatchNews['type'], keyof WatchCounters>>> = {
  applied: 'applied',
  removed: 'removed',
  mended: 'mended',
  failed: 'failed',
  drifted: 'drifted',
};

/** What a watch is, beside its machine. */
export interface WatchFacts extends Pick<WatchState, 'pid' | 'version' | 'sinceMs' | 'folders' | 'commit'> {
  readonly counters: WatchCounters;
  /** Monotonic. */
  readonly nowMs: number;
}

/** The machine's state as people read it. */
export function describeState(state: ControllerState, { nowMs, ...facts }: WatchFacts): WatchState {
  const apps = [...state.apps].map(([app, each]) => describeApp(app, each, nowMs));
  return {
    ...facts,
    lost: state.lost,
    apps,
    strays: [...state.strays].map(([source, failures]) => ({ source, failures })),
    waiting: apps.filter((each) => each.state === 'waiting').length,
    changing: state.batches,
  };
}

function describeApp(app: string, each: AppState, nowMs: number): WatchedApp {
  const { source, presence, work, trouble, drift } = each;
  const waits = work.at === 'waiting' && trouble !== null;
  return {
    app,
    source,
    state: stateOf(each),
    failures: [...(presence.at === 'invalid' ? presence.failures : []), ...(trouble?.failures ?? [])],
    retryInMs: waits ? Math.max(0, Math.round(work.fromMs - nowMs)) : null,
    drift,
  };
}

function stateOf({ presence, work, trouble }: AppState): WatchedApp['state'] {
  if (work.at !== 'waiting' && work.at !== 'settled') return work.at;
  if (presence.at === 'going') return 'removing';
  if (presence.at !== 'present') return presence.at;
  if (trouble !== null) return 'failed';
  return work.at === 'waiting' ? 'waiting' : 'applied';
}
