import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStatus, serveStatus } from '../../../src/adapters/watch/status-socket.ts';

let folder: string;
let server: { close(): Promise<void> };
let socket: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-status-'));
  socket = path.join(folder, 'watch.sock');
  server = await serveStatus(socket, {
    state: () => '{}',
    metrics: () => '',
    subscribe: () => () => undefined,
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Reads the events until they end; `begun` is called with the first line. */
async function follow(begun: () => void, signal?: AbortSignal): Promise<readonly string[]> {
  const read: string[] = [];
  for await (const line of (await readStatus(socket, '/events', signal)) ?? []) {
    read.push(line);
    begun();
  }
  return read;
}

test('whoever follows events ends quietly by Ctrl-C', async () => {
  const interrupt = new AbortController();
  const followed = follow(() => {
    interrupt.abort();
  }, interrupt.signal);
  expect(await followed).toEqual(['{}']);
});

test('whoever follows events ends quietly with the watch', async () => {
  const followed = follow(() => void server.close());
  expect(await followed).toEqual(['{}']);
});
