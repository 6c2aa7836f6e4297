import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { RestartDelay } from '../model/container.ts';
import { parseDuration } from './duration.ts';
import { refuse } from './refuse.ts';

/** What a delay grows to where nothing else is said, unless it begins longer. */
const usualLongestMs = 60_000;

/** Reads FIRST[:LONGEST], two durations of which a bare number is seconds. VALUE_INVALID otherwise. */
export function parseRestartDelay(text: string): Result<RestartDelay> {
  const [first = '', longest, ...more] = text.split(':');
  const limits = { leastMs: 100, bare: 's' } as const;
  const firstMs = parseDuration(first, limits);
  if (!firstMs.ok) return firstMs;
  if (more.length > 0)
    return refuse('VALUE_INVALID', `${quote(text)} has more than two delays`, 'write it as 5s:2m');
  if (longest === undefined)
    return ok({ firstMs: firstMs.value, longestMs: Math.max(firstMs.value, usualLongestMs) });
  const longestMs = parseDuration(longest, limits);
  if (!longestMs.ok) return longestMs;
  if (longestMs.value < firstMs.value)
    return refuse('VALUE_INVALID', 'the longest delay is below the first', 'give the longer one second');
  return ok({ firstMs: firstMs.value, longestMs: longestMs.value });
}
