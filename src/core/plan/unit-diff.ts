/** How many equal lines stand around a difference. */
const contextLines = 3;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * What differs between two texts of a unit, as `diff -u` writes it; '' when nothing does. Absent texts are empty. By the
 * longest common subsequence: a unit has some fifty lines, for which the square of that is nothing.
 */
export function unitDiff(name: string, before: string | null, after: string | null): string {
  const lines = compare(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return '';
  const from = before === null ? '/dev/null' : `a/${name}`;
  const to = after === null ? '/dev/null' : `b/${name}`;
  return [`--- ${from}`, `+++ ${to}`, ...hunks].map((line) => `${line}\n`).join('');
}

function linesOf(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  const longest = commonLengths(before, after);
  const lines: Line[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    const [old, next] = [before[a], after[b]];
    if (old !== undefined && old === next) {
      lines.push({ mark: ' ', text: old });
      a++;
      b++;
    } else if (old !== undefined && (next === undefined || at(longest, a + 1, b) >= at(longest, a, b + 1))) {
      lines.push({ mark: '-', text: old });
      a++;
    } else {
      lines.push({ mark: '+', text: next ?? '' });
      b++;
    }
  }
  return lines;
}

/** For each pair of positions, how many lines the rests of the texts have in common, in order. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      const row = table[a];
      if (row === undefined) continue;
      row[b] =
        before[a] === after[b]
          ? at(table, a + 1, b + 1) + 1
          : Math.max(at(table, a + 1, b), at(table, a, b + 1));
    }
  }
  return table;
}

function at(table: readonly Uint32Array[], a: number, b: number): number {
  return table[a]?.[b] ?? 0;
}

function hunksOf(lines: readonly Line[]): readonly string[] {
  const near = (index: number): boolean =>
    lines.slice(Math.max(0, index - contextLines), index + contextLines + 1).some(({ mark }) => mark !== ' ');
  const shown: string[] = [];
  let [old, next, header] = [1, 1, -1];
  let counts = { old: 0, next: 0, oldStart: 0, nextStart: 0 };
  const close = (): void => {
    if (header < 0) return;
    const start = (first: number, count: number): string => `${count === 0 ? first - 1 : first},${count}`;
    shown[header] = `@@ -${start(counts.oldStart, counts.old)} +${start(counts.nextStart, counts.next)} @@`;
    header = -1;
  };
  lines.forEach(({ mark, text }, index) => {
    if (near(index)) {
      if (header < 0) {
        header = shown.push('') - 1;
        counts = { old: 0, next: 0, oldStart: old, nextStart: next };
      }
      shown.push(`${mark}${text}`);
      if (mark !== '+') counts.old++;
      if (mark !== '-') counts.next++;
    } else close();
    if (mark !== '+') old++;
    if (mark !== '-') next++;
  });
  close();
  return shown;
}
