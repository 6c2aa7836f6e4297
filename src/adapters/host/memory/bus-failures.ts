import { FailureError } from '../../../errors/failure.ts';

/** What the bus or systemd refuses, in the words of the real adapter's codes. */
export function failure(
  code: 'INTERRUPTED' | 'WAIT_TIMEOUT' | 'BUS_LOST' | 'START_FAILED',
  message: string,
): FailureError {
  return new FailureError({ code, message, next: 'run the command again' });
}

/** The connection is gone. */
export function busLost(): FailureError {
  return failure('BUS_LOST', 'the connection to systemd was lost');
}

/** A start of a unit that is not loaded. */
export function refused(unit: string, loadState: string): FailureError {
  return failure('START_FAILED', `systemd refused to start ${unit}: it is ${loadState}`);
}
