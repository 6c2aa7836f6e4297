import type { Measured } from './measure.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly measured: Measured;
  /** What it is compared with, by the minima: the least disturbed of both. */
  readonly to: { readonly name: string; readonly measured: Measured };
  /** The most that the minimum may be, in ms, and how it comes about. */
  readonly limit?: { readonly ms: number; readonly because: string };
}

/** A count that must be none, or at most its limit. */
export interface Count {
  readonly what: string;
  readonly found: number;
  readonly limit?: number;
}

/** A line for each row: what, milliseconds, ratio, limit, and whether it is met. */
export function format(rows: readonly Row[], counts: readonly Count[] = []): string {
  const cells = [
    ['', 'min ms', 'median', 'ratio', 'to', 'limit ms', '', ''],
    ...rows.map(({ what, measured, to, limit }) => [
      what,
      measured.minMs.toFixed(0),
      measured.medianMs.toFixed(0),
      (measured.minMs / to.measured.minMs).toFixed(2),
      to.name,
      limit === undefined ? '' : limit.ms.toFixed(0),
      limit === undefined ? '' : limit.because,
      limit === undefined ? '' : measured.minMs <= limit.ms ? 'met' : 'NOT MET',
    ]),
    ...counts.map(({ what, found, limit = 0 }) => [
      what,
      found.toString(),
      ...['', '', ''],
      limit.toString(),
      limit === 0 ? 'none' : 'at most',
      found <= limit ? 'met' : 'NOT MET',
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  const isNumber = new Set([1, 2, 3, 5]);
  return cells
    .map((line) =>
      line
        .map((cell, at) => (isNumber.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A limit as a multiple of what it is compared with. */
export function atMost(times: number, to: Row['to']): Pick<Row, 'to' | 'limit'> {
  return { to, limit: { ms: times * to.measured.minMs, because: `${times.toFixed(1)} × ${to.name}` } };
}
