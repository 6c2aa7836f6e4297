import type { Drift, News } from '../../core/model/watch-news.ts';
import type { Failure } from '../../errors/failure.ts';

/** A descriptor as a scan found it: an app and its hash, or why it has none. */
export type ScannedFile =
  | { readonly path: string; readonly app: string; readonly hash: string }
  | { readonly path: string; readonly failures: readonly Failure[] };

/** What the watched folders hold. */
export interface Scan {
  readonly files: readonly ScannedFile[];
  /** Folders that vanished, are empty, or cannot be looked at. */
  readonly lost: readonly string[];
}

/**
 * What became of one app in a change. `disturbing`: another attempt would interrupt what runs. `lacksImages`: nothing
 * but images was missing, which have to be fetched first.
 */
export type AppOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly failures: readonly Failure[];
      readonly disturbing: boolean;
      readonly lacksImages?: true;
    };

export type Outcomes = ReadonlyMap<string, AppOutcome>;

/** A difference that an inspection found. */
export interface FoundDrift extends Drift {
  readonly app: string;
  /** A person did it, and it has to be noted to last. Absent: it need not be. */
  readonly holds?: true;
}

/** What the controller is told. */
export type ControllerEvent =
  /** A watcher heard something. */
  | { readonly type: 'woken' }
  /** A person asks to look again, now. */
  | { readonly type: 'rescan' }
  | { readonly type: 'scanned'; readonly scan: Scan }
  | { readonly type: 'applied'; readonly outcomes: Outcomes }
  | { readonly type: 'removed'; readonly outcomes: Outcomes }
  /** The images of this version of an app are there, or cannot be fetched. */
  | {
      readonly type: 'fetched';
      readonly app: string;
      readonly hash: string;
      readonly outcome: AppOutcome;
    }
  /** A person agrees that what is held goes. */
  | { readonly type: 'confirmed' }
  | { readonly type: 'mended'; readonly outcomes: Outcomes }
  /** Something of gear's changed on the host. */
  | { readonly type: 'stirred' }
  /** null: the host could not be looked at. */
  | {
      readonly type: 'inspected';
      readonly drifts: readonly FoundDrift[] | null;
      /** When another inspection will know more; null or absent: no sooner than something stirs. */
      readonly againInMs?: number | null;
      /** Containers that run and whose health check fails. Absent: none. */
      readonly unhealthy?: readonly string[];
    }
  /** The health check of a container failed, or passes again. */
  | { readonly type: 'health'; readonly instance: string; readonly healthy: boolean }
  /** A container was restarted for its health check, or why it could not be. */
  | {
      readonly type: 'restarted';
      readonly instance: string;
      readonly failures: readonly Failure[];
      /** false: it was well by then, or a person was stopping it. Absent: it was restarted, or could not be. */
      readonly done?: boolean;
    }
  /** The engine or systemd came back: what failed may be tried again at once. */
  | { readonly type: 'recovered' }
  /** The time that `nextWakeMs` named has come. */
  | { readonly type: 'tick' };

/** What the controller asks for. `apply`, `mend`, `remove` and `restart` each answer with one event, `fetch` with one for each app. */
export type Action =
  | { readonly do: 'scan' }
  | { readonly do: 'apply'; readonly apps: readonly string[] }
  | { readonly do: 'fetch'; readonly apps: readonly { readonly app: string; readonly hash: string }[] }
  | { readonly do: 'mend'; readonly apps: readonly string[] }
  | { readonly do: 'remove'; readonly apps: readonly string[] }
  | { readonly do: 'inspect'; readonly apps: readonly string[] }
  | { readonly do: 'hold'; readonly apps: readonly string[] }
  | { readonly do: 'restart'; readonly instance: string }
  | { readonly do: 'tell'; readonly news: News };
