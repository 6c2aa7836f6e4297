import type { ErrorCode } from '../../errors/codes.ts';
import type { Failure } from '../../errors/failure.ts';
import { argument } from './refuse.ts';

/** What the part of a container is called that a flag states: `--cap-drop` on a command line, `cap_drop` in a descriptor. */
export type Naming = (flag: string) => string;

/** Something of a container that cannot be; `flag` without its dashes is what is at fault, with its value. */
export interface Contradiction {
  readonly code: ErrorCode;
  readonly flag: string;
  readonly value?: string;
  readonly message: string;
  readonly next: string;
}

export const asFlag: Naming = (flag) => `--${flag}`;

/** The failure of a command line. */
export function atArgument({ code, flag, value, message, next }: Contradiction): Failure {
  const shown = value === undefined ? asFlag(flag) : `${asFlag(flag)} ${value}`;
  return { code, message, next, place: argument(shown) };
}

/** A flag, or a flag with its value, that is at fault. */
export function refusal(
  about: string | readonly [string, string],
  message: string,
  next: string,
): Contradiction {
  const [flag, value] = typeof about === 'string' ? [about] : about;
  return { code: 'VALUE_INVALID', flag, ...(value === undefined ? {} : { value }), message, next };
}
