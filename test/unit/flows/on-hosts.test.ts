import { expect, test } from 'vitest';
import { err, FailureError, ok, type Failure } from '../../../src/errors/failure.ts';
import { onHosts } from '../../../src/flows/on-hosts.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';

const dead: Failure = { code: 'HOST_TIMEOUT', message: 'down does not answer', next: 'ping down' };
const gone: Failure = { code: 'HOST_LOST', message: 'gone', next: 'again' };
const busLost: Failure = { code: 'BUS_LOST', message: 'the bus ended', next: 'again' };

function contextOf(host: MemoryHost): FlowContext {
  return {
    host,
    clock: host.clock,
    emit: () => undefined,
    signal: new AbortController().signal,
    command: 'test',
    by: 'root',
    pid: 1,
    self: ['gear'],
    version: '0',
  };
}

const tasks = ['down', 'web1', 'web2'].map((label) => ({ label, input: label }));

test('a host that does not answer delays none of the others, and is listed in its place', async () => {
  let release = (): void => undefined;
  const outcomes = await onHosts({
    tasks,
    connect: async ({ label }) => {
      if (label !== 'down') return contextOf(new MemoryHost());
      await new Promise<void>((resolve) => (release = resolve));
      throw new FailureError(dead);
    },
    flow: (_context, input) => {
      // The dead host answers only once all others are done.
      if (input === 'web2') release();
      return Promise.resolve(ok(input));
    },
  });
  expect(outcomes).toEqual([
    { host: 'down', ok: false, failures: [dead] },
    { host: 'web1', ok: true, value: 'web1' },
    { host: 'web2', ok: true, value: 'web2' },
  ]);
});

test('where the connection is gone, that is told and not what failed because of it', async () => {
  const lost = Object.assign(new MemoryHost(), { lost: () => Promise.resolve([gone]) });
  const there = Object.assign(new MemoryHost(), { lost: () => Promise.resolve(null) });
  const flow = () => Promise.resolve(err<string>(busLost));
  const on = (host: MemoryHost) =>
    onHosts({ tasks: tasks.slice(0, 1), connect: () => Promise.resolve(contextOf(host)), flow });
  expect(await on(lost)).toMatchObject([{ ok: false, failures: [gone] }]);
  expect(await on(there)).toMatchObject([{ ok: false, failures: [busLost] }]);
});

test('a bug of a flow is no outcome: it is thrown', async () => {
  const connect = () => Promise.resolve(contextOf(new MemoryHost()));
  const flow = () => Promise.reject(new TypeError('bug'));
  await expect(onHosts({ tasks, connect, flow })).rejects.toThrow('bug');
});

test('no more hosts at once than the limit', async () => {
  let now = 0;
  let most = 0;
  await onHosts({
    tasks: Array.from({ length: 9 }, (_, at) => ({ label: String(at), input: null })),
    connect: () => Promise.resolve(contextOf(new MemoryHost())),
    flow: async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      return ok(null);
    },
    limit: 3,
  });
  expect(most).toBe(3);
});
