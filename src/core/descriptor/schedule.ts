import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { parseCalendar } from './calendar.ts';
import { cronToCalendar } from './cron.ts';
import { refuse } from './refuse.ts';

const macros: Readonly<Record<string, string>> = {
  '@hourly': 'hourly',
  '@daily': 'daily',
  '@midnight': 'daily',
  '@weekly': 'weekly',
  '@monthly': 'monthly',
  '@yearly': 'yearly',
  '@annually': 'yearly',
};

/** Times as OnCalendar= takes them, from its own words or from five fields of cron. VALUE_INVALID otherwise. */
export function parseSchedule(text: string): Result<string> {
  const trimmed = text.trim().replaceAll(/\s+/g, ' ');
  const macro = Object.hasOwn(macros, trimmed) ? macros[trimmed] : undefined;
  if (macro !== undefined) return ok(macro);
  if (trimmed === '@reboot')
    return refuse(
      'VALUE_INVALID',
      `${quote(trimmed)} is no time`,
      'use job: true, which runs once at each boot',
    );
  const fields = trimmed.split(' ');
  return fields.length === 5 ? cronToCalendar(fields) : parseCalendar(trimmed);
}
