import { afterEach, expect, test } from 'vitest';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';

let end = (): void => undefined;
afterEach(() => end());

/** What Node tells when the other end of a pipe is closed. */
const closed = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

function listening(untilUnread: boolean): AbortSignal {
  const ignore = (): void => undefined;
  process.stdout.on('error', ignore);
  const interrupts = listenForInterrupts({ silent: true, untilUnread });
  end = () => {
    interrupts.end();
    process.stdout.off('error', ignore);
  };
  return interrupts.signal;
}

test('what only shows ends when nobody reads it any more', () => {
  const signal = listening(true);
  process.stdout.emit('error', closed);
  expect(signal.aborted).toBe(true);
});

test('what changes a host does not', () => {
  const signal = listening(false);
  process.stdout.emit('error', closed);
  expect(signal.aborted).toBe(false);
});
