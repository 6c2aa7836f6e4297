import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from './display-width.ts';

/**
 * Columns as wide as their widest cell, two spaces between, nothing after the last. Thirty lines of our own: the
 * libraries draw boxes that `cut` and `awk` trip over, and take longer to load than `gear ls` to run.
 */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const measured = rows.map((row) => row.map((cell) => ({ cell, width: width(cell) })));
  const widths: number[] = [];
  for (const row of measured) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.width);
    });
  }
  return measured
    .map((row) =>
      row.map(({ cell, width }, column) => cell + ' '.repeat((widths[column] ?? 0) - width)).join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n');
}

function width(cell: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(cell)) columns += displayWidth(character);
  return columns;
}
