import { expect, test } from 'vitest';
import { gathered } from '../../../../src/adapters/engine/gathered.ts';

test('what is asked for in one turn, or meanwhile, is done together; another key waits for none of it', async () => {
  const works: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = gathered<number>(async (key, things) => {
    const work = `${key} ${things.join()}`;
    works.push(work);
    await new Promise<void>((resolve) => ends.set(work, resolve));
  });
  const first = [ask('a', 1), ask('a', 2), ask('b', 3)];
  await Promise.resolve();
  expect(works).toEqual(['a 1,2', 'b 3']);
  const second = [ask('a', 4), ask('a', 5)];
  await new Promise(setImmediate);
  expect(works).toHaveLength(2);
  ends.get('a 1,2')?.();
  await Promise.all(first.slice(0, 2));
  await new Promise(setImmediate);
  expect(works.at(-1)).toBe('a 4,5');
  ends.get('a 4,5')?.();
  ends.get('b 3')?.();
  await Promise.all([...first, ...second]);
});

test('a failure is told to all that were part of it, and holds up none that come later', async () => {
  const ask = gathered<number>(async (_key, things) => {
    await Promise.resolve();
    if (things.includes(2)) throw new Error('two');
  });
  const results = await Promise.allSettled([ask('a', 1), ask('a', 2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(ask('a', 3)).resolves.toBeUndefined();
});
