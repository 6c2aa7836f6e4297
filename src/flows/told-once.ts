import type { ErrorCode } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';

/** What fails of whatever goes on at once, and of the way back, for one reason. */
const oneReason: ReadonlySet<ErrorCode> = new Set(['BUS_LOST', 'HOST_LOST', 'DISK_FULL']);

/** Leaves of failures with one reason the first: the others say no more. */
export function toldOnce(failures: readonly Failure[]): readonly Failure[] {
  return failures.filter(
    ({ code }, index) => !oneReason.has(code) || failures.findIndex((each) => each.code === code) === index,
  );
}
