import type { Failure } from './failure.ts';

/** Compares failures by where they stand: by text, in the order of `sources`, then line and column. What stands in none of them comes first. */
export function inTextOrder(sources: Iterable<string | undefined>): (a: Failure, b: Failure) => number {
  const numbers = new Map([...new Set(sources)].map((source, index) => [source, index]));
  const position = ({ place }: Failure) =>
    [numbers.get(place?.source) ?? -1, place?.line ?? 0, place?.column ?? 0] as const;
  return (a, b) => {
    const [left, right] = [position(a), position(b)];
    return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
  };
}
