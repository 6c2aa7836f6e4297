import { stripVTControlCharacters } from 'node:util';

/**
 * Columns as wide as their widest cell, two spaces between, nothing after the last. Thirty lines of our own: the
 * libraries draw boxes that `cut` and `awk` trip over, and take longer to load than `gear ls` to run.
 */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
    });
  }
  return rows
    .map((row) =>
      row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n');
}

function width(cell: string): number {
  return Array.from(new Intl.Segmenter().segment(stripVTControlCharacters(cell))).length;
}
