import { readdirSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Scratch } from '../../../../src/adapters/images/scratch.ts';

/** Files of this process that have no name any more. */
const nameless = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return /gear-[0-9a-f]{16} \(deleted\)$/.test(path) ? [path] : [];
    } catch {
      // The one that lists them.
      return [];
    }
  });

test('what fails to come leaves no open file', async () => {
  const failing = (async function* (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from('half'));
    throw new Error('cut');
  })();
  await expect(Scratch.of(failing)).rejects.toThrow('cut');
  expect(nameless()).toEqual([]);
});
