import { parseDuration } from '../core/descriptor/duration.ts';
import { FailureError } from '../errors/failure.ts';
import type { PullPolicy, WaitOptions } from '../flows/inputs.ts';

/** --no-wait and --timeout as a flow takes them. FailureError VALUE_INVALID. */
export function waitOptions(flags: { readonly 'no-wait': boolean; readonly timeout: string }): WaitOptions {
  const timeout = parseDuration(flags.timeout, { leastMs: 1, bare: 's' });
  if (timeout.ok) return { wait: !flags['no-wait'], timeoutMs: timeout.value };
  throw new FailureError(
    ...timeout.failures.map((failure) => ({
      ...failure,
      place: { source: 'command line', text: `--timeout ${flags.timeout}` },
    })),
  );
}

/** --pull, whose words oclif has checked. */
export function pullPolicy(word: string): PullPolicy {
  return word === 'always' || word === 'never' ? word : 'missing';
}
