import type { Drift } from '../core/model/watch-news.ts';
import type { Failure } from '../errors/failure.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import { formatSpan } from './time.ts';

/** One app under `gear watch`. */
export interface WatchedApp {
  readonly app: string;
  /** The file that describes it. */
  readonly source: string;
  /** `invalid`: its file has mistakes; `adrift`: its folder is gone or empty; `held`: it waits for `gear watch confirm`. */
  readonly state:
    | 'applied'
    | 'waiting'
    | 'applying'
    | 'fetching'
    | 'mending'
    | 'removing'
    | 'failed'
    | 'invalid'
    | 'adrift'
    | 'absent'
    | 'held';
  readonly failures: readonly Failure[];
  /** Until it is tried again; null: not by itself. */
  readonly retryInMs: number | null;
  /** What of it is not as declared. */
  readonly drift: readonly Drift[];
}

/** What `gear watch` has done since it started. */
export interface WatchCounters {
  readonly applied: number;
  readonly removed: number;
  readonly mended: number;
  readonly restarted: number;
  readonly failed: number;
  readonly drifted: number;
  /** Changes of the host that applied something, and how long they took together. */
  readonly changes: number;
  readonly changeMs: number;
}

/** `gear watch status`, and what the socket of a watch tells. Times are unix ms. */
export interface WatchState {
  readonly pid: number;
  readonly version: string;
  readonly sinceMs: number;
  readonly folders: readonly string[];
  /** Folders that are gone, empty, or cannot be looked at. */
  readonly lost: readonly string[];
  /** The commit that is applied, where the folder comes from git. */
  readonly commit: string | null;
  readonly apps: readonly WatchedApp[];
  /** Files with mistakes that are no app's. */
  readonly strays: readonly { readonly source: string; readonly failures: readonly Failure[] }[];
  /** Apps that wait, and changes of the host under way. */
  readonly waiting: number;
  readonly changing: number;
  readonly counters: WatchCounters;
}

/** `gear watch status`: what is watched, then the apps, those in trouble with why. */
export function printWatchState(state: WatchState, style: Style, nowMs: number): string {
  const { counters } = state;
  const head = [
    `${style.bold('watching')} ${state.folders.map(plain).join(' ')} for ${formatSpan(nowMs - state.sinceMs)} (pid ${String(state.pid)})`,
    ...(state.commit === null ? [] : [`commit ${state.commit}`]),
    ...state.lost.map((folder) => style.warn(`${plain(folder)} is empty or gone: nothing is removed`)),
    `${String(counters.applied)} applied, ${String(counters.mended)} mended, ${String(counters.removed)} removed, ${String(counters.failed)} failed; ${String(state.waiting)} waiting`,
  ];
  const rows = state.apps.map((each) => [each.app, stateOf(each, style), plain(each.source)]);
  const table = rows.length === 0 ? [] : ['', formatTable([['APP', 'STATE', 'FILE'], ...rows])];
  return [
    ...head,
    ...table,
    ...state.apps.flatMap((each) => notes(each, style)),
    ...strays(state, style),
  ].join('\n');
}

function stateOf({ state, retryInMs }: WatchedApp, style: Style): string {
  const again = retryInMs === null ? '' : `, again in ${formatSpan(retryInMs)}`;
  if (state === 'failed' || state === 'invalid') return `${style.bad(state)}${again}`;
  return state === 'applied' ? style.good(state) : style.warn(state);
}

function notes({ app, state, failures, drift }: WatchedApp, style: Style): readonly string[] {
  return [
    ...failures.flatMap((failure) => told(app, failure, style)),
    ...drift.map(({ instance, reason }) => style.warn(`! ${plain(instance)}: ${plain(reason)}`)),
    ...(state === 'held'
      ? [style.warn(`! ${plain(app)} vanished with most others`), '  → gear watch confirm removes them']
      : []),
  ];
}

function strays({ strays: all }: WatchState, style: Style): readonly string[] {
  return all.flatMap(({ source, failures }) => failures.flatMap((failure) => told(source, failure, style)));
}

/** What is wrong with an app or a file, where in the text, and what to do. */
function told(of: string, { message, place, next }: Failure, style: Style): readonly string[] {
  const at = place === undefined ? '' : [place.source, place.line, place.column].filter(isGiven).join(':');
  return [
    style.bad(`! ${plain(of)}: ${plain(message)}`),
    ...(at === '' ? [] : [style.dim(`  at ${plain(at)}`)]),
    `  → ${plain(next)}`,
  ];
}

function isGiven(part: string | number | undefined): boolean {
  return part !== undefined;
}
