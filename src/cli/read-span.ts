import { parseDuration } from '../core/descriptor/duration.ts';
import { FailureError } from '../errors/failure.ts';

/** The milliseconds of a flag such as `--for 2h`; undefined when it was not given. FailureError VALUE_INVALID. */
export function readSpan(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const span = parseDuration(text, { leastMs: 1000 });
  if (span.ok) return span.value;
  const place = { source: 'command line', text: `${flag} ${text}` };
  throw new FailureError(...span.failures.map((failure) => ({ ...failure, place })));
}
