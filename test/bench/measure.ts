import type { Stopwatch } from './stopwatch.ts';

/** One command line to measure; what `after` does to undo it is not. */
export interface Candidate {
  readonly name: string;
  readonly argv: readonly string[];
  readonly after?: readonly string[];
}

export interface Measured {
  readonly minMs: number;
  readonly medianMs: number;
}

/** Bare Node, which every gear has to start first. */
export const bareNode: Candidate = { name: 'node -e 0', argv: ['node', '-e', '0'] };

/**
 * Runs every candidate once unmeasured, which fills caches, and then `turns` times, taking turns so that a busy moment
 * hits all alike. The results are by name.
 */
export async function measure(
  stopwatch: Stopwatch,
  candidates: readonly Candidate[],
  turns: number,
): Promise<(name: string) => Measured> {
  const times = new Map(candidates.map((candidate) => [candidate, [] as number[]]));
  for (const candidate of candidates) await timeOnce(stopwatch, candidate);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [candidate, list] of times) list.push(await timeOnce(stopwatch, candidate));
  }
  const results = new Map([...times].map(([{ name }, list]) => [name, summary(list)]));
  return (name) => {
    const result = results.get(name);
    if (result === undefined) throw new Error(`${name} was not measured`);
    return result;
  };
}

async function timeOnce(stopwatch: Stopwatch, { argv, after }: Candidate): Promise<number> {
  const ms = await stopwatch.time(argv);
  if (after !== undefined) await stopwatch.time(after);
  return ms;
}

function summary(times: readonly number[]): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  return { minMs: sorted[0] ?? NaN, medianMs: sorted[Math.floor(sorted.length / 2)] ?? NaN };
}
