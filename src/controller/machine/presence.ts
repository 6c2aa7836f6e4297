import type { Failure } from '../../errors/failure.ts';
import type { Action, Scan } from './events.ts';
import { mend } from './mending.ts';
import { restsAtMs } from './restless.ts';
import type { Rules } from './rules.ts';
import { type AppState, type ControllerState, isBusy, messagesOf, newApp, type Presence } from './state.ts';

type Good = Extract<Scan['files'][number], { app: string }>;

/** What a scan says of each app: its new version, or that it has none, and whether that is believed. */
export function seen(
  state: ControllerState,
  scan: Scan,
  nowMs: number,
  rules: Rules,
): { readonly state: ControllerState; readonly actions: readonly Action[] } {
  const good = new Map<string, Good>();
  const bad = new Map<string, readonly Failure[]>();
  for (const file of scan.files) {
    if ('failures' in file) bad.set(file.path, file.failures);
    else if (!good.has(file.app)) good.set(file.app, file);
  }
  const apps = new Map<string, AppState>();
  for (const [name, app] of state.apps) {
    const file = good.get(name);
    apps.set(
      name,
      file === undefined ? unseen(app, bad, scan.lost, nowMs, rules) : given(app, file, nowMs, rules),
    );
  }
  for (const [name, file] of good) {
    if (!apps.has(name)) apps.set(name, given(newApp(file.path, nowMs), file, nowMs, rules));
  }
  const judged = judge(apps, nowMs, rules);
  const sources = new Set([...judged.values()].map(({ source }) => source));
  const next = {
    ...state,
    apps: judged,
    strays: new Map([...bad].filter(([path]) => !sources.has(path))),
    lost: scan.lost,
  };
  return {
    state: next,
    actions: news(state, next, bad, new Set([...good.values()].map(({ path }) => path))),
  };
}

/** The app has a good descriptor. */
function given(app: AppState, file: Good, nowMs: number, rules: Rules): AppState {
  const isHere = app.source === file.path && app.presence.at === 'present';
  // A thousand copies at each scan would have the garbage collector wake all its threads.
  const here = isHere ? app : { ...app, source: file.path, presence: { at: 'present' } as const };
  if (app.wanted === file.hash) return app.presence.at === 'going' ? staying(here, nowMs) : here;
  const restless = nowMs - app.changedMs < rules.quietMs;
  const restlessSinceMs = restless ? (app.restlessSinceMs ?? nowMs) : null;
  const changed = { ...here, wanted: file.hash, changedMs: nowMs, restlessSinceMs, trouble: null };
  return isBusy(app)
    ? changed
    : { ...changed, work: { at: 'waiting', fromMs: restsAtMs(changed, nowMs, rules) } };
}

/** It was to be removed, and is not any more: what was waiting was its removal. */
function staying(app: AppState, nowMs: number): AppState {
  if (isBusy(app)) return app;
  const isDone = app.wanted === null || app.applied === app.wanted;
  return { ...app, trouble: null, work: isDone ? { at: 'settled' } : { at: 'waiting', fromMs: nowMs } };
}

function unseen(
  app: AppState,
  bad: ReadonlyMap<string, readonly Failure[]>,
  lost: readonly string[],
  nowMs: number,
  rules: Rules,
): AppState {
  const failures = bad.get(app.source);
  const { presence } = app;
  if (failures !== undefined) {
    const here: AppState = { ...app, presence: { at: 'invalid', failures } };
    return presence.at === 'going' ? staying(here, nowMs) : left(here, nowMs, rules);
  }
  if (presence.at === 'held' || presence.at === 'going') return app;
  const adrift = lost.some((folder) => app.source.startsWith(`${folder}/`));
  if (adrift && !rules.allowEmpty) return left({ ...app, presence: { at: 'adrift' } }, nowMs, rules);
  return {
    ...app,
    presence:
      presence.at === 'absent'
        ? { ...presence, scans: presence.scans + 1, allowed: presence.allowed && adrift }
        : { at: 'absent', sinceMs: nowMs, scans: 1, allowed: adrift },
  };
}

/** It is not applied for now: what drifted of it is not mended by that. */
function left(app: AppState, nowMs: number, rules: Rules): AppState {
  const drifts = rules.drift === 'mend' && app.drift.some(({ onPurpose }) => !onPurpose);
  return app.work.at === 'waiting' && drifts ? mend(app, nowMs) : app;
}

/**
 * Absences that have lasted: they are believed, unless most apps vanished together, which is more likely a mistake. What
 * a person allowed to vanish is not counted.
 */
function judge(
  apps: ReadonlyMap<string, AppState>,
  nowMs: number,
  rules: Rules,
): ReadonlyMap<string, AppState> {
  let missing = 0;
  let staying = 0;
  for (const { presence } of apps.values()) {
    if (presence.at !== 'going') staying++;
    if (presence.at === 'held' || (presence.at === 'absent' && !presence.allowed)) missing++;
  }
  const most = missing >= 2 && missing * 2 > staying;
  return new Map(
    [...apps].map(([name, app]) => {
      const { presence } = app;
      if (presence.at !== 'absent') return [name, app];
      if (presence.scans < rules.absentScans || nowMs - presence.sinceMs < rules.absentMs) return [name, app];
      return [name, most && !presence.allowed ? { ...app, presence: { at: 'held' } } : going(app, nowMs)];
    }),
  );
}

/** Its absence is believed: it is removed as soon as nothing else is done for it. */
export function going(app: AppState, nowMs: number): AppState {
  const leaving = { ...app, presence: { at: 'going' } as const, trouble: null };
  return isBusy(app) ? leaving : { ...leaving, work: { at: 'waiting', fromMs: nowMs } };
}

function news(
  before: ControllerState,
  after: ControllerState,
  bad: ReadonlyMap<string, readonly Failure[]>,
  good: ReadonlySet<string>,
): readonly Action[] {
  const badBefore = badFiles(before);
  const turned = (to: Presence['at']): readonly string[] =>
    [...after.apps]
      .filter(([name, app]) => app.presence.at === to && before.apps.get(name)?.presence.at !== to)
      .map(([name]) => name);
  const held = turned('held');
  const all = [
    ...after.lost
      .filter((folder) => !before.lost.includes(folder))
      .map((folder) => ({ type: 'lost' as const, folder })),
    ...before.lost
      .filter((folder) => !after.lost.includes(folder))
      .map((folder) => ({ type: 'found' as const, folder })),
    ...[...bad]
      .filter(([source, failures]) => messagesOf(badBefore.get(source) ?? []) !== messagesOf(failures))
      .map(([source, failures]) => ({ type: 'invalid' as const, source, failures })),
    ...[...badBefore.keys()]
      .filter((source) => good.has(source))
      .map((source) => ({ type: 'valid' as const, source })),
    ...turned('absent').map((app) => ({ type: 'absent' as const, app })),
    ...(held.length === 0 ? [] : [{ type: 'held' as const, apps: held }]),
  ];
  return all.map((each) => ({ do: 'tell', news: each }));
}

/** The files that cannot be read, with why. */
export function badFiles(state: ControllerState): ReadonlyMap<string, readonly Failure[]> {
  const ofApps = [...state.apps.values()].flatMap(({ source, presence }) =>
    presence.at === 'invalid' ? [[source, presence.failures] as const] : [],
  );
  return new Map([...state.strays, ...ofApps]);
}
