import { topScreen, type TopOrder, printTop } from '../report/top.ts';
import type { Style } from '../report/style.ts';
import type { TopRow } from '../report/values-of-use.ts';

interface TopAsked {
  readonly sort: TopOrder;
  readonly once: boolean;
  /** Between looks, where it goes on looking. */
  readonly intervalMs: number;
}

/** How `gear top` looks: once, or again and again on a terminal. */
interface TopView {
  readonly looks: { readonly intervalMs: number; readonly show?: (rows: readonly TopRow[]) => void };
  readonly endless: boolean;
  readonly print: (rows: readonly TopRow[], style: Style) => string;
}

/** What is counted between two points in time needs so long, where it is looked at once. */
const onceMs = 1000;

/** Shows `gear top` as it was asked and as stdout allows, and leaves the terminal as it was. */
export async function withTopView<T>(
  { sort, once, intervalMs }: TopAsked,
  work: (view: TopView) => Promise<T>,
): Promise<T> {
  if (once || !process.stdout.isTTY) {
    const print = (rows: readonly TopRow[], style: Style): string => printTop(rows, style, sort);
    return work({ looks: { intervalMs: onceMs }, endless: false, print });
  }
  const screen = topScreen(process.stdout, sort);
  try {
    return await work({ looks: { intervalMs, show: screen.show }, endless: true, print: () => '' });
  } finally {
    screen.end();
  }
}
