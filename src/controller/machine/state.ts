import type { Drift } from '../../core/model/watch-news.ts';
import type { Failure } from '../../errors/failure.ts';

/** Words of a watcher that are about one change of the files. */
interface Words {
  readonly firstMs: number;
  /** What is found begins no sooner, for it may still be written. */
  readonly settlesMs: number;
}

/**
 * When the folders are looked at next. Every word of a watcher is followed by a scan that began after it. `words`: those of
 * which what was found has not begun; null: none. `gathers`: more words came before what an earlier scan found had begun,
 * so it is applied with what this one finds. `byMs`: it begins no later, however many words come.
 */
export type ScanState = { readonly words: Words | null } & (
  | { readonly at: 'resting'; readonly nextMs: number }
  | { readonly at: 'due'; readonly dueMs: number; readonly byMs: number; readonly gathers?: true }
  | { readonly at: 'running'; readonly again: boolean; readonly gathers?: true }
);

/**
 * Whether an app has a descriptor. `adrift`: its whole folder vanished or is empty, which says nothing of the app.
 * `held`: it vanished together with most others, and waits for a person's word. `going`: its absence is believed.
 */
export type Presence =
  | { readonly at: 'present' }
  | { readonly at: 'invalid'; readonly failures: readonly Failure[] }
  | { readonly at: 'adrift' }
  | { readonly at: 'absent'; readonly sinceMs: number; readonly scans: number; readonly allowed: boolean }
  | { readonly at: 'held' }
  | { readonly at: 'going' };

/** When the host is compared with what is declared. Not while it is changed: that is no drift. */
export type InspectionState =
  | { readonly at: 'resting' }
  | { readonly at: 'due'; readonly dueMs: number; readonly firstMs: number }
  | { readonly at: 'running'; readonly again: boolean };

/**
 * What is done for an app: one thing at a time. `mends`: not a new version, but what is missing of the last one.
 * `fetching` is no change of the host, and is no reason for others to wait; `fetched`: its images were there just now.
 */
export type Work =
  | { readonly at: 'settled' }
  | { readonly at: 'waiting'; readonly fromMs: number; readonly mends?: true; readonly fetched?: true }
  | { readonly at: 'applying'; readonly hash: string; readonly fetched?: true }
  | { readonly at: 'fetching'; readonly hash: string }
  | { readonly at: 'mending' }
  | { readonly at: 'removing' };

/** Why the last attempts failed, and when the next is due. */
export interface Trouble {
  readonly attempts: number;
  readonly failures: readonly Failure[];
  readonly retryMs: number;
}

/** How often in a row an app was mended, and when last. */
export interface Mended {
  readonly count: number;
  readonly atMs: number;
}

/** One app of the watched folders. Hashes name what a descriptor says, with all that it refers to. */
export interface AppState {
  /** The file that gave it last. */
  readonly source: string;
  /** The last good descriptor; null: none was seen since the start, and what runs stays. */
  readonly wanted: string | null;
  /** What was applied last without a failure. */
  readonly applied: string | null;
  /** When `wanted` changed last, and since when it does so again and again; null: it does not. */
  readonly changedMs: number;
  readonly restlessSinceMs: number | null;
  readonly presence: Presence;
  readonly work: Work;
  readonly trouble: Trouble | null;
  readonly drift: readonly Drift[];
  readonly mended: Mended | null;
}

/**
 * A container that is restarted because its health check fails. `fromMs` is null while it restarts, or is well; `failures`
 * are why its last restart could not be done.
 */
export interface Sickness {
  readonly app: string;
  readonly restarts: number;
  readonly lastMs: number;
  /** The `lastMs` before that, for a restart that was not done after all. */
  readonly priorMs: number;
  readonly fromMs: number | null;
  readonly isRestarting: boolean;
  readonly failures: readonly Failure[];
}

/** All that the controller knows. */
export interface ControllerState {
  readonly scan: ScanState;
  readonly apps: ReadonlyMap<string, AppState>;
  /** Files that are no app's and cannot be read, with why. */
  readonly strays: ReadonlyMap<string, readonly Failure[]>;
  /** Folders that vanished, are empty, or cannot be looked at. */
  readonly lost: readonly string[];
  readonly inspection: InspectionState;
  /** Containers whose health check failed since they were well. */
  readonly sick: ReadonlyMap<string, Sickness>;
  /** Changes of the host under way. */
  readonly batches: number;
}

/** An app that an earlier run of the controller has taken care of. */
export interface Claim {
  readonly app: string;
  readonly source: string;
}

/** The state at the start: what was claimed before is known, and everything is looked at at once. */
export function initialState(claims: readonly Claim[], nowMs: number): ControllerState {
  return {
    scan: { at: 'due', words: null, dueMs: nowMs, byMs: nowMs },
    apps: new Map(
      claims.map(({ app, source }) => [app, { ...newApp(source, nowMs), work: { at: 'settled' } }]),
    ),
    strays: new Map(),
    lost: [],
    inspection: { at: 'due', dueMs: nowMs, firstMs: nowMs },
    sick: new Map(),
    batches: 0,
  };
}

/** An app of which nothing is known but its file; it may be applied at once. */
export function newApp(source: string, nowMs: number): AppState {
  return {
    source,
    wanted: null,
    applied: null,
    changedMs: Number.NEGATIVE_INFINITY,
    restlessSinceMs: null,
    presence: { at: 'present' },
    work: { at: 'waiting', fromMs: nowMs },
    trouble: null,
    drift: [],
    mended: null,
  };
}

/** What the next run of the controller has to know. */
export function claimsOf(state: ControllerState): readonly Claim[] {
  return [...state.apps].map(([app, { source }]) => ({ app, source }));
}

/** What failures say, to tell whether they are the same. */
export function messagesOf(failures: readonly Failure[]): string {
  return failures.map(({ code, message }) => `${code} ${message}`).join('\n');
}

/** Whether something is being done for the app. */
export function isBusy({ work }: AppState): boolean {
  return work.at === 'applying' || work.at === 'mending' || work.at === 'removing';
}
