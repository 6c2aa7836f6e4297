import { parseDuration } from '../core/descriptor/duration.ts';
import { FailureError } from '../errors/failure.ts';

/** `10m` ago, or a moment as ISO 8601; nothing when absent. FailureError VALUE_INVALID. */
export function parseSince(text: string | undefined, nowMs: number): { readonly sinceMs?: number } {
  if (text === undefined) return {};
  const span = parseDuration(text, { leastMs: 0 });
  if (span.ok) return { sinceMs: nowMs - span.value };
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return { sinceMs: moment };
  throw new FailureError({
    code: 'VALUE_INVALID',
    message: `--since cannot be ${JSON.stringify(text)}`,
    next: 'give a span such as 10m or 1h30m, or a moment such as 2026-03-01T12:00:00Z',
    place: { source: 'command line', text: `--since ${text}` },
  });
}
