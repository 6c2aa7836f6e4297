import { expect, it } from 'vitest';
import { createFolderSync } from '../../../../src/adapters/files/sync.ts';

/** A syncer whose calls end when the test says. */
function controlled(): {
  sync: (path: string) => Promise<void>;
  started: string[];
  end: (failed?: Error) => Promise<void>;
} {
  const started: string[] = [];
  const ends: ((failed?: Error) => void)[] = [];
  const sync = createFolderSync(
    (path) =>
      new Promise((resolve, reject) => {
        started.push(path);
        ends.push((failed) => (failed ? reject(failed) : resolve()));
      }),
  );
  const end = async (failed?: Error): Promise<void> => {
    ends.shift()?.(failed);
    await new Promise(setImmediate);
  };
  return { sync, started, end };
}

it('serves all who ask while one sync runs by a single later one', async () => {
  const { sync, started, end } = controlled();
  const all = [sync('/a'), sync('/a'), sync('/a'), sync('/b')];
  expect(started).toEqual(['/a', '/b']);
  await end();
  expect(started).toEqual(['/a', '/b', '/a']);
  await end();
  await end();
  await Promise.all(all);
});

it('never answers with a sync that began before the question', async () => {
  const { sync, started, end } = controlled();
  void sync('/a');
  const late = sync('/a');
  let answered = false;
  void late.then(() => (answered = true));
  await end();
  expect(answered).toBe(false);
  await end();
  expect(answered).toBe(true);
  expect(started).toHaveLength(2);
});

it('tells a failure to those whose sync it was, and serves the others', async () => {
  const { sync, end } = controlled();
  const first = sync('/a');
  const second = sync('/a');
  const told = expect(first).rejects.toThrow('broken');
  await end(new Error('broken'));
  await told;
  await end();
  await expect(second).resolves.toBeUndefined();
});
