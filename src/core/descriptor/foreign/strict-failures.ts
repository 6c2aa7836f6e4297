import type { Failure } from '../../../errors/failure.ts';
import type { Unfilled } from '../document.ts';
import type { Loss } from './loss.ts';

/** With --strict, what is not kept as it is, be it approximated or refused, is a mistake. */
export function strictFailures(losses: readonly Loss[]): readonly Failure[] {
  return strictParts(losses).map(({ failure }) => failure);
}

/** The same with the paths of what they are about. */
export function strictParts(losses: readonly Loss[]): readonly Unfilled[] {
  return losses
    .filter(({ verdict }) => verdict !== 'kept')
    .map(({ key, path, verdict, words, next = 'leave out --strict to accept it', place }) => ({
      path,
      failure: {
        code: 'UNSUPPORTED',
        message: `${key} ${verdict === 'refused' ? 'cannot be had' : 'would only be approximated'}: ${words}`,
        next,
        place,
      },
    }));
}
