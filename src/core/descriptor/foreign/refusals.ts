import type { Failure } from '../../../errors/failure.ts';
import type { Loss } from './loss.ts';

/** The failures of what a file of another format asks for and gear cannot give. */
export function refusals(losses: readonly Loss[]): readonly Failure[] {
  return losses
    .filter(({ verdict }) => verdict === 'refused')
    .map(({ key, words, next = '', place }) => ({
      code: 'UNSUPPORTED',
      message: `${key} cannot be had: ${words}`,
      next,
      place,
    }));
}
