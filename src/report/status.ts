import { shortId } from '../core/model/keep-tag.ts';
import { portText } from '../core/model/port-text.ts';
import { stateOf } from './list.ts';
import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatMoment, formatSpan } from './time.ts';
import type { LastRun, StatusRow } from './values.ts';

/** `gear status`: a block a container; what is wrong comes last, its last lines at the very end. */
export function printStatus(
  rows: readonly StatusRow[],
  style: Style,
  nowMs: number,
  others: StatusRow['problems'] = [],
): string {
  const blocks = rows.map((row) => printRow(row, style, nowMs));
  if (others.length > 0) blocks.push(printProblems(others, style).join('\n'));
  return blocks.length === 0
    ? inScope('Nothing is installed. Begin with: gear install IMAGE NAME')
    : blocks.join('\n\n');
}

function printProblems(problems: StatusRow['problems'], style: Style): readonly string[] {
  return problems.flatMap(({ message, next }) => [
    style.bad(`  ! ${plain(message)}`),
    `    → ${plain(inScope(next))}`,
  ]);
}

function printRow(row: StatusRow, style: Style, nowMs: number): string {
  const field = (name: string, value: string): string => `  ${style.dim(name.padEnd(9))}${value}`;
  return [
    `${style.bold(row.name)}  ${stateOf(row, style)}${since(row, nowMs)}`,
    field('unit', `${row.unit}${row.enabled ? ', starts on boot' : ', does not start on boot'}`),
    field('image', `${plain(row.image)} (${shortId(row.imageId)}), ${row.engine}`),
    ...scheduleLines(row, nowMs).map((line) => field('schedule', line)),
    ...(row.ports.length === 0 ? [] : [field('ports', row.ports.map(portText).join(', '))]),
    ...row.volumes.map((volume) => field('volume', `${volume.name} on ${plain(volume.target)}`)),
    ...(row.restarts === 0 ? [] : [field('restarts', `${String(row.restarts)}${lastExit(row)}`)]),
    ...(row.held === null ? [] : [field('held', heldWords(row.held))]),
    ...printProblems(row.problems, style),
    ...row.lastLines.map((line) => style.dim(`  | ${plain(line)}`)),
  ].join('\n');
}

function scheduleLines({ schedule }: StatusRow, nowMs: number): readonly string[] {
  if (schedule === undefined) return [];
  const { nextMs, last } = schedule;
  const next = nextMs === 0 ? noNext(last.result) : `next run ${formatMoment(nextMs)}`;
  if (last.result === 'never ran' || last.result === 'running') return [`${next}, ${last.result}`];
  if (last.result === 'skipped') return [`${next}, last run skipped`];
  return [`${next}, last run ${last.result} ${formatSpan(nowMs - last.endedMs)} ago`];
}

/** systemd knows when a timer elapses next while it waits, and not while what it started runs. */
function noNext(last: LastRun['result']): string {
  return last === 'running' ? 'next run known once this one ends' : 'no next run';
}

function since(row: StatusRow, nowMs: number): string {
  // Since when its check fails, nobody has noted.
  return row.sinceMs === 0 || row.unhealthy === true ? '' : ` for ${formatSpan(nowMs - row.sinceMs)}`;
}

function lastExit(row: StatusRow): string {
  return row.lastExit === null ? '' : `, last ended with ${row.lastExit}`;
}

function heldWords({ by, atMs, reason, untilMs }: NonNullable<StatusRow['held']>): string {
  const until = untilMs === undefined ? '' : ` until ${formatMoment(untilMs)}`;
  return `by ${plain(by)} since ${formatMoment(atMs)}${until}${reason === undefined ? '' : `: ${plain(reason)}`}`;
}
