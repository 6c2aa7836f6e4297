import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { refuse } from './refuse.ts';

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const whole = /^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;

/** Longest time that a flag may give: a week. */
const longestMs = 168 * 3_600_000;

/**
 * Milliseconds of a duration as Go writes it (`1m30s`, `500ms`), rounded; `bare` is the unit of a number alone, which
 * is refused without it. VALUE_INVALID otherwise, and above a week.
 */
export function parseDuration(
  text: string,
  options: { readonly leastMs: number; readonly bare?: 's' },
): Result<number> {
  const spelled = /^\d+$/.test(text) && options.bare !== undefined ? `${text}${options.bare}` : text;
  if (!whole.test(spelled)) {
    const next = /^\d+$/.test(text)
      ? `add a unit: ${text}s`
      : 'write numbers with units, such as 90s, 1m30s or 500ms';
    return refuse('VALUE_INVALID', `${quote(text)} is not a duration`, next);
  }
  let ms = 0;
  for (const [, amount, unit] of spelled.matchAll(part)) ms += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  ms = Math.round(ms);
  if (ms < options.leastMs)
    return refuse('VALUE_INVALID', `${quote(text)} is too short`, `give at least ${options.leastMs}ms`);
  if (ms > longestMs) return refuse('VALUE_INVALID', `${quote(text)} is too long`, 'give at most 168h');
  return ok(ms);
}
