import { expect, test } from 'vitest';
import { createLocalHost } from '../../../src/adapters/host/local.ts';

const stubborn = ['sh', '-c', 'trap "" TERM; echo begun; while :; do sleep 1 & wait $!; done'];

test('a command that does not heed SIGTERM ends soon after the interruption all the same', async () => {
  const host = createLocalHost();
  const stop = new AbortController();
  const beganMs = performance.now();
  const piping = host.pipe(stubborn, {
    signal: stop.signal,
    output: async (bytes) => {
      for await (const _ of bytes) stop.abort();
    },
  });
  await expect(piping).rejects.toMatchObject({ name: 'AbortError' });
  expect(performance.now() - beganMs).toBeLessThan(5_000);
  await host.close();
});
