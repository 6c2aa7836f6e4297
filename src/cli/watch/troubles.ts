import type { WatchState } from '../../report/watch-state.ts';
import type { StatusRow } from '../../report/values.ts';

/** The rows of `gear status`, each also with what the watch of the host has to say of its app. */
export function withTroubles(rows: readonly StatusRow[], watch: WatchState | null): readonly StatusRow[] {
  const byApp = new Map(watch?.apps.map((each) => [each.app, each]));
  return rows.map((row) => {
    const watched = byApp.get(row.app);
    if (watched === undefined) return row;
    const { failures, source, state } = watched;
    const problems = failures.map(({ message, next }) => ({ message: `${source}: ${message}`, next }));
    const held = {
      message: `${source} vanished with most others, so it is held`,
      next: 'gear watch confirm removes them',
    };
    return { ...row, problems: [...row.problems, ...problems, ...(state === 'held' ? [held] : [])] };
  });
}

/** Mistakes that no row tells of: of apps that were never applied, and of files that are no app's. */
export function otherTroubles(
  rows: readonly StatusRow[],
  watch: WatchState | null,
): readonly StatusRow['problems'][number][] {
  const shown = new Set(rows.map(({ app }) => app));
  const unseen = [...(watch?.apps.filter(({ app }) => !shown.has(app)) ?? []), ...(watch?.strays ?? [])];
  return unseen.flatMap(({ source, failures }) =>
    failures.map(({ message, next }) => ({ message: `${source}: ${message}`, next })),
  );
}
