import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { AdoptReport, ReleaseReport } from './values-of-adoption.ts';

/** What `gear adopt` is about to do. */
export function printAdoptionPlan(
  { containers, started = [], left = [] }: AdoptReport,
  style: Style,
): string {
  return [
    ...containers.flatMap(({ name, engine, from, unit, formerUnit, restarts, pid, timer, notes }) => [
      `${style.bold(plain(from))} of ${engine} becomes ${style.bold(name)}, run by ${unit}`,
      ...(timer === undefined
        ? [
            restarts
              ? style.warn('  it is stopped and started again')
              : `  its process ${String(pid)} goes on`,
          ]
        : [
            ...(pid === 0 ? [] : [style.warn('  it runs at present, and is stopped until its next time')]),
            `  ${plain(timer)} is stopped and disabled: a timer of gear starts it`,
          ]),
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
    ...containers.map(({ name, from, restarts, timer }) =>
      [
        `${style.bold(name)} ${style.good(`adopted, and ${outcomeOf(restarts, timer)}`)}`,
        style.dim(`(was ${plain(from)})`),
      ].join(' '),
    ),
    ...started.map((name) => `${style.bold(name)} ${style.good('started')}`),
  ].join('\n');
}

function outcomeOf(restarts: boolean, timer: string | undefined): string {
  if (timer !== undefined) return 'waits for its next time';
  return restarts ? 'started anew' : 'went on';
}

/** `gear release`. */
export function printRelease({ name, container, restart }: ReleaseReport): string {
  return `${name} is ${plain(container)} again, with the restart policy ${plain(restart)}`;
}
