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

/** What became of one app in a change. `disturbing`: another attempt would interrupt what runs. */
export type AppOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly failures: readonly Failure[]; readonly disturbing: boolean };

export type Outcomes = ReadonlyMap<string, AppOutcome>;

/** What the controller is told. */
export type ControllerEvent =
  /** A watcher heard something. */
  | { readonly type: 'woken' }
  /** A person asks to look again, now. */
  | { readonly type: 'rescan' }
  | { readonly type: 'scanned'; readonly scan: Scan }
  | { readonly type: 'applied'; readonly outcomes: Outcomes }
  | { readonly type: 'removed'; readonly outcomes: Outcomes }
  /** A person agrees that what is held goes. */
  | { readonly type: 'confirmed' }
  /** Something of an app is not as it was applied. */
  | { readonly type: 'drifted'; readonly app: string }
  /** The engine or systemd came back: what failed may be tried again at once. */
  | { readonly type: 'recovered' }
  /** The time that `nextWakeMs` named has come. */
  | { readonly type: 'tick' };

/** What the controller asks for. `apply` and `remove` each answer with one event. */
export type Action =
  | { readonly do: 'scan' }
  | { readonly do: 'apply'; readonly apps: readonly string[] }
  | { readonly do: 'remove'; readonly apps: readonly string[] }
  | { readonly do: 'tell'; readonly news: News };

/** What people want to know of. */
export type News =
  | { readonly type: 'invalid'; readonly source: string; readonly failures: readonly Failure[] }
  | { readonly type: 'valid'; readonly source: string }
  | { readonly type: 'lost'; readonly folder: string }
  | { readonly type: 'found'; readonly folder: string }
  | { readonly type: 'absent'; readonly app: string }
  | { readonly type: 'held'; readonly apps: readonly string[] }
  | { readonly type: 'applied'; readonly app: string }
  | { readonly type: 'removed'; readonly app: string }
  | {
      readonly type: 'failed';
      readonly app: string;
      readonly failures: readonly Failure[];
      /** Whether it failed for other reasons, or not at all, the time before. */
      readonly isNew: boolean;
      readonly attempts: number;
      readonly retryInMs: number;
    };
