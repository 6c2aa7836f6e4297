import { expect, test } from 'vitest';
import { inTurn } from '../../../../src/adapters/engine/in-turn.ts';

test('works run one after the other, and one that fails holds up none', async () => {
  const oneByOne = inTurn();
  let running = 0;
  const seen: number[] = [];
  const work = (number: number) => async (): Promise<number> => {
    running += 1;
    expect(running).toBe(1);
    await Promise.resolve();
    running -= 1;
    seen.push(number);
    if (number === 2) throw new Error('second');
    return number;
  };
  const results = await Promise.allSettled([1, 2, 3].map((number) => oneByOne(work(number))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seen).toEqual([1, 2, 3]);
});
