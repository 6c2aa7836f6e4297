import { portText } from '../core/model/port-text.ts';
import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import { formatSpan } from './time.ts';
import type { ListRow } from './values.ts';

/** `gear ls`: a table. */
export function printList(rows: readonly ListRow[], style: Style, nowMs: number): string {
  if (rows.length === 0) return inScope('Nothing is installed. Begin with: gear install IMAGE NAME');
  return formatTable([columns.map(style.dim), ...rows.map((row) => cellsOf(row, style, nowMs))]);
}

const columns = ['NAME', 'APP', 'STATE', 'IMAGE', 'PORTS', 'ENGINE', 'UNIT'];

function cellsOf(row: ListRow, style: Style, nowMs: number): readonly string[] {
  return [
    style.bold(row.name),
    row.app,
    `${stateOf(row, style)}${whenOf(row, style, nowMs)}`,
    plain(row.image),
    row.ports.map(portText).join(', '),
    row.engine,
    row.unit,
  ];
}

/** `gear ls` of several hosts: one table, the host of each container first. */
export function printHostsList(
  values: readonly { readonly host: string; readonly value: readonly ListRow[] }[],
  style: Style,
  nowMs: number,
): string {
  const body = values.flatMap(({ host, value }) =>
    value.map((row) => [plain(host), ...cellsOf(row, style, nowMs)]),
  );
  const empty = values.filter(({ value }) => value.length === 0).map(({ host }) => plain(host));
  const nothing = empty.length === 0 ? [] : [`Nothing is installed on ${empty.join(', ')}.`];
  if (body.length === 0) return nothing.join('');
  return [formatTable([['HOST', ...columns].map(style.dim), ...body]), ...nothing].join('\n');
}

/** The state in a word or two. */
export function stateOf(row: ListRow, style: Style): string {
  if (row.held !== null) return style.warn(row.active === 'active' ? 'held, but running' : 'held');
  if (row.sub === 'auto-restart' || row.sub === 'auto-restart-queued') return style.bad('restarting');
  if (row.unmet !== undefined && row.schedule === undefined) return style.warn('condition not met');
  const run = row.schedule?.last ?? row.job;
  if (run?.result === 'running') return style.good('running');
  if (run?.result === 'failed') return style.bad(row.job === undefined ? 'last run failed' : 'failed');
  if (row.job?.result === 'stopped') return style.warn('stopped');
  if (row.job?.result === 'succeeded') return style.good('succeeded');
  if (row.schedule !== undefined && row.active === 'active') {
    if (run?.result === 'stopped' || run?.result === 'skipped') return style.warn(`last run ${run.result}`);
    return style.good(run?.result === 'succeeded' ? 'last run succeeded' : 'scheduled');
  }
  if (row.active !== 'active') {
    return row.active === 'activating' ? style.warn('starting') : style.bad(row.active);
  }
  if (row.unhealthy === true) return style.bad('unhealthy');
  if (row.ready === false) return style.warn('running, not ready');
  return style.good(row.ready === true ? 'ready' : 'running');
}

/** When a job ended, and when a scheduled one runs next. */
function whenOf({ job, schedule }: ListRow, style: Style, nowMs: number): string {
  const ended = schedule?.last.endedMs ?? job?.endedMs ?? 0;
  const parts = [
    ...(ended === 0 ? [] : [`${formatSpan(nowMs - ended)} ago`]),
    ...(schedule === undefined || schedule.nextMs === 0
      ? []
      : [`next in ${formatSpan(schedule.nextMs - nowMs)}`]),
  ];
  if (parts.length === 0) return '';
  return style.dim(`${ended === 0 ? ',' : ''} ${parts.join(', ')}`);
}
