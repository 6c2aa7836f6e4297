import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import { formatMoment } from './time.ts';
import type { HistoryRow } from './values.ts';

/** `gear history`: newest first, the current generation marked. */
export function printHistory(rows: readonly HistoryRow[], style: Style): string {
  if (rows.length === 0) return 'No generation yet: nothing was ever installed here';
  const header = ['GENERATION', 'WHEN', 'BY', 'COMMAND', 'CHANGES'].map(style.dim);
  const body = rows.map((row) => [
    `${String(row.generation)}${row.current ? ' *' : ''}`,
    formatMoment(row.createdMs),
    plain(row.by),
    plain(row.command),
    row.oldest === true ? style.dim('the oldest that is kept') : row.changes.join(' '),
  ]);
  return formatTable([header, ...body]);
}
