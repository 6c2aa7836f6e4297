import type { Failure, Result } from '../../../../src/errors/failure.ts';

/** The value of a success; a test fails with the messages of a failure. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.failures.map(({ message, next }) => `${message} → ${next}`).join('\n'));
}

/** The failures; a test fails when there are none. */
export function failuresOf<T>(result: Result<T>): readonly Failure[] {
  if (!result.ok) return result.failures;
  throw new Error(`accepted as ${JSON.stringify(result.value)}`);
}

/** The first failure as one line: `CODE message → next`. */
export function refusalOf<T>(result: Result<T>): string {
  return failuresOf(result)
    .map(({ code, message, next }) => `${code} ${message} → ${next}`)
    .slice(0, 1)
    .join('');
}
