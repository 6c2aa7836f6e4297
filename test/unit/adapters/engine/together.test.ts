import { expect, test } from 'vitest';
import { together } from '../../../../src/adapters/engine/together.ts';

test('who asks in one turn gets one answer, and who asks while it comes gets a newer one', async () => {
  let asked = 0;
  const ends: (() => void)[] = [];
  const list = together(async () => {
    const answer = ++asked;
    await new Promise<void>((resolve) => ends.push(resolve));
    return answer;
  });
  const first = [list(), Promise.resolve().then(list), list()];
  await new Promise(setImmediate);
  expect(asked).toBe(1);
  const second = list();
  await new Promise(setImmediate);
  expect(asked).toBe(2);
  for (const end of ends) end();
  expect(await Promise.all([...first, second])).toEqual([1, 1, 1, 2]);
});

test('a failure is told to all who asked, and is not kept', async () => {
  let fails = true;
  const list = together(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve('up')));
  const results = await Promise.allSettled([list(), list()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  await expect(list()).resolves.toBe('up');
});
