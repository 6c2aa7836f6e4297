import type { Failure } from '../../../errors/failure.ts';
import type { Loss } from './loss.ts';

/** With --strict, what is not kept as it is, be it approximated or refused, is a mistake. */
export function strictFailures(losses: readonly Loss[]): readonly Failure[] {
  return losses
    .filter(({ verdict }) => verdict !== 'kept')
    .map(({ key, verdict, words, next = 'leave out --strict to accept it', place }) => ({
      code: 'UNSUPPORTED',
      message: `${key} ${verdict === 'refused' ? 'cannot be had' : 'would only be approximated'}: ${words}`,
      next,
      place,
    }));
}
