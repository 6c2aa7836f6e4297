import { expect, test } from 'vitest';
import { MergedLines } from '../../../src/report/merge-lines.ts';

type Line = { readonly timeMs: number; readonly from: string };

async function* lines(from: string, ...times: readonly number[]): AsyncGenerator<Line> {
  for (const timeMs of times) {
    await Promise.resolve();
    yield { timeMs, from };
  }
}

test('lines of several hosts stand in the order of time, also where one brings far more than the others', async () => {
  const written: Line[] = [];
  const merged = new MergedLines<Line>(3, (line) => written.push(line));
  const many = Array.from({ length: 5000 }, (_, at) => at);
  await Promise.all(
    [lines('a', ...many), lines('b', 1500, 4999), lines('c')].map(async (each, at) => {
      await merged.take(at, each);
      merged.end(at);
    }),
  );
  expect(written).toHaveLength(5002);
  expect(written.map(({ timeMs }) => timeMs)).toEqual(
    written.map(({ timeMs }) => timeMs).toSorted((a, b) => a - b),
  );
});

test('a line is held back while another host could bring an earlier one, and written once that has ended', async () => {
  const written: Line[] = [];
  const merged = new MergedLines<Line>(2, (line) => written.push(line));
  await merged.take(0, lines('a', 5));
  expect(written).toEqual([]);
  merged.end(0);
  expect(written).toEqual([]);
  merged.end(1);
  expect(written).toEqual([{ timeMs: 5, from: 'a' }]);
});

test('where lines go on for ever, a silent host holds none back for long', async () => {
  const written: Line[] = [];
  const first = new Promise<void>((resolve) => {
    const merged = new MergedLines<Line>(
      2,
      (line) => {
        written.push(line);
        if (written.length === 2) resolve();
      },
      20,
    );
    void merged.take(0, lines('a', 7, 8));
  });
  await first;
  expect(written.map(({ timeMs }) => timeMs)).toEqual([7, 8]);
});
