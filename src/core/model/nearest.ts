/** Optimal string alignment distance: insertions, removals, replacements and swapped neighbours. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = a[row - 1] === b[column - 1] ? 0 : 1;
      const best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + replaced,
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(swapped ? Math.min(best, (beforeLast[column - 2] ?? 0) + 1) : best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** The known word that a misspelt one most likely means; undefined when none is near (a third of its length, at most 3). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // Of one letter any other would be near.
  if (word.length > 64 || word.length < 2) return undefined;
  const bound = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let found: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const apart = distance(word, candidate);
    if (apart <= bound && (found === undefined || apart < found.distance))
      found = { word: candidate, distance: apart };
  }
  return found?.word;
}
