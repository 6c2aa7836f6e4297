import { formatBytes } from './bytes.ts';
import { plain } from './plain.ts';
import { createStyle, type Style } from './style.ts';
import { formatTable } from './table.ts';
import type { TopRow } from './values-of-use.ts';

const orders = {
  cpu: (a: TopRow, b: TopRow) => (b.cpuPercent ?? -1) - (a.cpuPercent ?? -1),
  memory: (a: TopRow, b: TopRow) => (b.memoryBytes ?? -1) - (a.memoryBytes ?? -1),
  restarts: (a: TopRow, b: TopRow) => b.restarts - a.restarts,
  name: (a: TopRow, b: TopRow) => (a.name < b.name ? -1 : 1),
} as const;

/** What `gear top --sort` takes. */
export type TopOrder = keyof typeof orders;

/** `gear top`: a table, most first. */
export function printTop(rows: readonly TopRow[], style: Style, order: TopOrder): string {
  if (rows.length === 0) return 'This host has no containers of gear.';
  const header = ['NAME', 'CPU', 'MEMORY', 'LIMIT', 'RESTARTS', 'STATE'].map(style.dim);
  const body = rows
    .toSorted((a, b) => orders[order](a, b) || orders.name(a, b))
    .map((row) => [
      style.bold(plain(row.name)),
      row.cpuPercent === null ? '-' : `${row.cpuPercent.toFixed(1)} %`,
      row.memoryBytes === null ? '-' : formatBytes(row.memoryBytes),
      row.memoryLimitBytes === null ? '-' : formatBytes(row.memoryLimitBytes),
      row.restarts === 0 ? '0' : style.warn(String(row.restarts)),
      stateOf(row, style),
    ]);
  return formatTable([header, ...body]);
}

function stateOf({ active, sub, held, ready }: TopRow, style: Style): string {
  if (held) return style.dim('held');
  if (active === 'failed') return style.bad('failed');
  if (active !== 'active') return style.warn(active === 'inactive' ? 'stopped' : `${active} (${sub})`);
  if (ready === null) return style.good('runs');
  return ready ? style.good('ready') : style.warn('not ready');
}

/** A terminal that is drawn anew again and again; what was on it before is there again at the end. */
export function topScreen(
  output: NodeJS.WriteStream,
  order: TopOrder,
): { readonly show: (rows: readonly TopRow[]) => void; readonly end: () => void } {
  const style = createStyle(output);
  let begun = false;
  return {
    show(rows) {
      if (!begun) output.write('\u001b[?1049h\u001b[?25l');
      begun = true;
      const lines = printTop(rows, style, order).split('\n');
      const fitting = lines.slice(0, Math.max(1, (output.rows || 24) - 2));
      const more = lines.length - fitting.length;
      const last = more > 0 ? style.dim(`${String(more)} more; Ctrl-C ends`) : style.dim('Ctrl-C ends');
      output.write(`\u001b[H${[...fitting, last].map((line) => `${line}\u001b[K`).join('\n')}\u001b[J`);
    },
    end() {
      if (begun) output.write('\u001b[?25h\u001b[?1049l');
    },
  };
}
