import type { Coverage } from '../../src/core/descriptor/foreign/coverage.ts';

/** A table of keys; `to` is what the keys become, where that is no native descriptor. */
interface FormatTable {
  readonly title: string;
  readonly rows: readonly Coverage[];
  readonly to?: string;
}

/** A page of docs/formats: what becomes of every key, from the tables by which files are read. */
export interface FormatPage {
  readonly title: string;
  /** Lines of Markdown. */
  readonly before: readonly string[];
  readonly tables: readonly FormatTable[];
  readonly after?: readonly string[];
}

/** What every page says of its tables. */
const legend = [
  'Each key is _kept_, _approximated_ (it becomes something near it, and that is told) or _refused_ (nothing is applied,',
  'and what to write instead is told). Written by `npm run generate`.',
];

export function pageText({ title, before, tables, after = [] }: FormatPage): string {
  return [
    `# ${title}`,
    '',
    ...before,
    '',
    ...legend,
    ...tables.flatMap((each) => ['', `## ${each.title}`, ...table(each)]),
    ...(after.length === 0 ? [] : ['', ...after]),
    '',
  ].join('\n');
}

function table({ rows, to: target = 'a native descriptor' }: FormatTable): readonly string[] {
  const cells = [
    ['key', 'what becomes of it', `keys of ${target}`, ''],
    ...rows.map(({ name, verdict, to, note }) => [
      `\`${name}\``,
      verdict,
      to === ''
        ? ''
        : to
            .split(', ')
            .map((key) => `\`${key}\``)
            .join(', '),
      note.replaceAll('|', '\\|'),
    ]),
  ];
  return ['', ...cellsToTable(cells)];
}

/** Rows, the first with the names of the columns, as Markdown. */
export function cellsToTable(cells: readonly (readonly string[])[]): readonly string[] {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)];
}
