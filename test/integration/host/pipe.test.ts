import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { endWith } from '../../../src/adapters/host/end-with.ts';
import { createLocalHost } from '../../../src/adapters/host/local.ts';

const stubborn = ['sh', '-c', 'trap "" TERM; echo begun; while :; do sleep 1 & wait $!; done'] as const;

describe('a command that does not heed SIGTERM', () => {
  test('ends soon after the interruption where bytes go through it', async () => {
    const host = createLocalHost();
    const stop = new AbortController();
    const output = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const _ of bytes) stop.abort();
    };
    const piping = host.pipe(stubborn, { signal: stop.signal, output });
    await expect(piping).rejects.toMatchObject({ name: 'AbortError' });
    await host.close();
  });

  test('ends soon after the interruption where it has streams of its own', async () => {
    const stop = new AbortController();
    const [program, ...args] = stubborn;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const release = endWith(child, stop.signal);
    child.stdout.once('data', () => stop.abort());
    const by = await new Promise((resolve) => child.once('exit', (_status, name) => resolve(name)));
    release();
    expect(by).toBe('SIGKILL');
  });
});
