import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { nearest } from '../model/nearest.ts';
import { refuse } from './refuse.ts';

const words = [
  'minutely',
  'hourly',
  'daily',
  'monthly',
  'weekly',
  'yearly',
  'annually',
  'quarterly',
  'semiannually',
  'biannually',
];
const day = '(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)';
const weekdays = new RegExp(`^${day}(?:(?:\\.\\.|-)${day})?(?:,${day}(?:(?:\\.\\.|-)${day})?)*,?$`, 'i');
/** An IANA time zone, or UTC. */
const zone = /^(?:UTC|[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)+)$/;

/** Whether a text is a time zone as OnCalendar= takes it; that the host knows it is left to systemd. */
export function isTimeZone(text: string): boolean {
  return zone.test(text);
}

/**
 * An OnCalendar= expression (systemd.time(7), "Calendar Events"), as it is. VALUE_INVALID for what systemd would not
 * take, with the part that is wrong; that a day exists in a month is left to it.
 */
export function parseCalendar(text: string): Result<string> {
  const parts = text.split(' ');
  if (parts.length > 1 && isTimeZone(parts.at(-1) ?? '')) parts.pop();
  if (parts.length === 1 && words.includes(parts[0]?.toLowerCase() ?? '')) return ok(text);
  if (parts.length > 1 && weekdays.test(parts[0] ?? '')) parts.shift();
  const [first = '', second, ...more] = parts;
  if (more.length > 0) return refused(text, 'it has too many parts');
  if (second !== undefined) {
    const wrong = wrongDate(first) ?? wrongTime(second);
    return wrong === null ? ok(text) : refused(text, wrong);
  }
  if (weekdays.test(first)) return ok(text);
  const wrong = first.includes(':') ? wrongTime(first) : wrongDate(first);
  return wrong === null ? ok(text) : refused(text, wrong);
}

function refused(text: string, why: string): Result<never> {
  const near = nearest(text.toLowerCase(), words);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is not a time: ${why}`,
    near === undefined
      ? 'write it as "*-*-* 03:00", "Mon..Fri 09:00", daily, or as cron "0 3 * * *"'
      : `did you mean ${near}?`,
  );
}

/** `[[YEAR-]MONTH-]DAY`, with `~` before a day counted from the month's end. */
function wrongDate(text: string): string | null {
  const [, year, month, date] = /^(?:([^-~]+)-)?([^-~]+)[-~]([^-~]+)$/.exec(text) ?? [];
  if (month === undefined || date === undefined) return `${quote(text)} is no date`;
  return (
    (year === undefined ? null : wrongNumbers(year, 'year', 1970, 2199)) ??
    wrongNumbers(month, 'month', 1, 12) ??
    wrongNumbers(date, 'day', 1, 31)
  );
}

/** `HOUR:MINUTE[:SECOND]`. */
function wrongTime(text: string): string | null {
  const [hour = '', minute, second, ...more] = text.split(':');
  if (minute === undefined || more.length > 0) return `${quote(text)} is no time of the day`;
  return (
    wrongNumbers(hour, 'hour', 0, 23) ??
    wrongNumbers(minute, 'minute', 0, 59) ??
    (second === undefined ? null : wrongNumbers(second, 'second', 0, 59))
  );
}

function wrongNumbers(text: string, what: string, least: number, most: number): string | null {
  for (const item of text.split(',')) {
    const fraction = what === 'second' ? '(?:\\.\\d{1,6})?' : '';
    const form = new RegExp(
      `^(?:\\*|(\\d{1,4}${fraction})(?:\\.\\.(\\d{1,4}${fraction}))?)(?:/(\\d+${fraction}))?$`,
    );
    const match = form.exec(item);
    if (match === null) return `${quote(item)} is no ${what}`;
    const [, from, to, step] = match;
    const given = [from, to].flatMap((each) => (each === undefined ? [] : [Number(each)]));
    // Two digits of a year are of 1970 to 2069 (systemd.time(7)).
    if (given.some((each) => (each < least && !(what === 'year' && each < 100)) || each >= most + 1))
      return `the ${what} ${quote(item)} is not within ${least} and ${most}`;
    if (given[0] !== undefined && given[1] !== undefined && given[1] < given[0])
      return `${quote(item)} ends before it begins`;
    if (step !== undefined && Number(step) === 0) return `${quote(item)} repeats in no time`;
  }
  return null;
}
