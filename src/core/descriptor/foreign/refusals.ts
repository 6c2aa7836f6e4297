import type { Unfilled } from '../document.ts';
import { limits } from '../text/limits.ts';
import type { Loss } from './loss.ts';

/** The failures of what a file of another format asks for and gear cannot give, with their paths; of a file of nothing else, its first thousand. */
export function refusedParts(losses: readonly Loss[]): readonly Unfilled[] {
  return losses
    .filter(({ verdict }) => verdict === 'refused')
    .slice(0, limits.failures)
    .map(({ key, path, words, next = '', place }) => ({
      path,
      failure: { code: 'UNSUPPORTED', message: `${key} cannot be had: ${words}`, next, place },
    }));
}
