import { portText } from '../core/model/port-text.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { ListRow } from './values.ts';

/** `gear ls`: a table. */
export function printList(rows: readonly ListRow[], style: Style): string {
  if (rows.length === 0) return 'Nothing is installed. Begin with: gear install IMAGE NAME';
  const header = ['NAME', 'STATE', 'IMAGE', 'PORTS', 'ENGINE', 'UNIT'].map(style.dim);
  const body = rows.map((row) => [
    style.bold(row.name),
    stateOf(row, style),
    plain(row.image),
    row.ports.map(portText).join(', '),
    row.engine,
    row.unit,
  ]);
  return formatTable([header, ...body]);
}

/** The state in a word or two. */
export function stateOf(row: ListRow, style: Style): string {
  if (row.held !== null) return style.warn(row.active === 'active' ? 'held, but running' : 'held');
  if (row.sub === 'auto-restart' || row.sub === 'auto-restart-queued') return style.bad('restarting');
  if (row.active !== 'active') {
    return row.active === 'activating' ? style.warn('starting') : style.bad(row.active);
  }
  if (row.ready === false) return style.warn('running, not ready');
  return style.good(row.ready === true ? 'ready' : 'running');
}
