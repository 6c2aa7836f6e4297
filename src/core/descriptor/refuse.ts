import type { ErrorCode } from '../../errors/codes.ts';
import { err, type Failure, type Place, type Result } from '../../errors/failure.ts';

/** One failure as a result. */
export function refuse(code: ErrorCode, message: string, next: string): Result<never> {
  return err({ code, message, next });
}

/** The failures with the place, where they have none of their own. */
export function placed(failures: readonly Failure[], place: Place): readonly Failure[] {
  return failures.map((failure) => (failure.place === undefined ? { ...failure, place } : failure));
}

/** Longest piece of an argument that its place repeats. */
const longest = 100;

/** The place of an argument of the command line; a long one is cut. */
export function argument(text: string): Place {
  return { source: 'command line', text: text.length > longest ? `${text.slice(0, longest)}…` : text };
}
