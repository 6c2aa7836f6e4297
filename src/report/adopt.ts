import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { AdoptReport, ReleaseReport } from './values-of-adoption.ts';

/** What `gear adopt` is about to do. */
export function printAdoptionPlan(
  { containers, started = [], left = [] }: AdoptReport,
  style: Style,
): string {
  return [
    ...containers.flatMap(({ name, engine, from, unit, formerUnit, restarts, pid, notes }) => [
      `${style.bold(plain(from))} of ${engine} becomes ${style.bold(name)}, run by ${unit}`,
      restarts ? style.warn('  it is stopped and started again') : `  its process ${String(pid)} goes on`,
      ...(formerUnit === null ? [] : [`  ${plain(formerUnit)} is disabled`]),
      ...notes.map((note) => style.warn(`  ${plain(note)}`)),
    ]),
    ...started.map((name) => `${style.bold(name)} does not run, and is started`),
    ...left.map((name) => style.warn(`${plain(name)} stays as it is`)),
  ].join('\n');
}

/** `gear adopt`. */
export function printAdoption({ containers, started = [], declined }: AdoptReport, style: Style): string {
  if (declined) return 'Nothing was changed.';
  return [
    ...containers.map(({ name, from, restarts }) =>
      [
        `${style.bold(name)} ${style.good(restarts ? 'adopted, and started anew' : 'adopted, and went on')}`,
        style.dim(`(was ${plain(from)})`),
      ].join(' '),
    ),
    ...started.map((name) => `${style.bold(name)} ${style.good('started')}`),
  ].join('\n');
}

/** `gear release`. */
export function printRelease({ name, container, restart }: ReleaseReport): string {
  return `${name} is ${plain(container)} again, with the restart policy ${plain(restart)}`;
}
