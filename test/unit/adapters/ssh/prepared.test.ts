import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { PreparedSessions } from '../../../../src/adapters/ssh/prepared.ts';
import { Slots } from '../../../../src/adapters/ssh/slots.ts';

test('prepared sessions that nobody needs have slots until they have ended', async () => {
  const slots = new Slots(3);
  const children: ChildProcessWithoutNullStreams[] = [];
  const prepared = new PreparedSessions(slots);
  await prepared.prepare({
    canBegin: () => Promise.resolve(true),
    begin: () => {
      const child = Object.assign(new EventEmitter(), {
        stdin: new PassThrough(),
        exitCode: null,
        signalCode: null,
      });
      children.push(child as unknown as ChildProcessWithoutNullStreams);
      return { child: children.at(-1) as ChildProcessWithoutNullStreams, mark: '' };
    },
    hasDocker: () => Promise.resolve(false),
  });
  const [, first, second] = children;
  expect(children.map(({ stdin }) => stdin.writableEnded)).toEqual([false, true, true]);

  await slots.take();
  let taken = 0;
  for (const _ of [1, 2]) void slots.take().then(() => (taken += 1));
  await new Promise(setImmediate);
  expect(taken).toBe(0);
  first?.emit('exit');
  await new Promise(setImmediate);
  expect(taken).toBe(1);
  second?.emit('exit');
  await new Promise(setImmediate);
  expect(taken).toBe(2);
});
