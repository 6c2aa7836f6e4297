import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { refuse } from './refuse.ts';

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const minutes: Field = { name: 'minute', least: 0, most: 59 };
const hours: Field = { name: 'hour', least: 0, most: 23 };
const days: Field = { name: 'day of the month', least: 1, most: 31 };
const months: Field = {
  name: 'month',
  least: 1,
  most: 12,
  names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
const weekdays: Field = {
  name: 'day of the week',
  least: 0,
  most: 7,
  names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};
const shownDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Five fields of crontab(5) as one OnCalendar= expression (systemd.time(7)). VALUE_INVALID for what crontab(5) does
 * not know, and for a day of the month together with a day of the week: cron means either, OnCalendar= both.
 */
export function cronToCalendar(fields: readonly string[]): Result<string> {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const parts = [
    translate(minutes, minute),
    translate(hours, hour),
    translate(days, day),
    translate(months, month),
  ];
  const week = translateWeekdays(weekday);
  const refused = [...parts, week].find((part) => !part.ok);
  if (refused !== undefined) return refused;
  const [m = '', h = '', d = '', mo = '', w = ''] = [...parts, week].map((part) =>
    part.ok ? part.value : '',
  );
  if (!day.startsWith('*') && w !== '')
    return refuse(
      'VALUE_INVALID',
      'cron would run this on the day of the month and also on the day of the week',
      'write one of the two as *, or make two containers',
    );
  return ok(`${w === '' ? '' : `${w} `}*-${mo}-${d} ${h}:${m}:00`);
}

function translate(field: Field, text: string): Result<string> {
  const items: string[] = [];
  for (const item of text.split(',')) {
    const range = parseItem(field, item);
    if (!range.ok) return range;
    items.push(calendarItem(field, range.value));
  }
  return ok(items.includes('*') ? '*' : items.map((item) => pad(field, item)).join(','));
}

interface Range {
  readonly from: number;
  /** Absent: the one value, or with a step everything from it on. */
  readonly to?: number;
  readonly step?: number;
}

function calendarItem({ least }: Field, { from, to, step }: Range): string {
  if (to === undefined) return step === undefined ? String(from) : `${from}/${step}`;
  if (from === least && to === Number.POSITIVE_INFINITY) return step === undefined ? '*' : `${from}/${step}`;
  return `${from}..${to}${step === undefined ? '' : `/${step}`}`;
}

/** Two digits, as systemd itself writes them. */
function pad(_field: Field, item: string): string {
  return item.replace(/^\d+|(?<=\.\.)\d+/g, (digits) => digits.padStart(2, '0'));
}

function parseItem(field: Field, item: string): Result<Range> {
  const [, first = '', last, stepText] = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/i.exec(item) ?? [];
  const from = first === '*' ? field.least : valueOf(field, first);
  const to = first === '*' ? Number.POSITIVE_INFINITY : last === undefined ? undefined : valueOf(field, last);
  const step = stepText === undefined ? undefined : Number(stepText);
  if (from === null || to === null || step === 0 || (first === '*' && last !== undefined))
    return refuse(
      'VALUE_INVALID',
      `${quote(item)} is no ${field.name} of cron`,
      `give ${field.least} to ${field.most}, a list, a range or *`,
    );
  if (to !== undefined && to < from)
    return refuse(
      'VALUE_INVALID',
      `${quote(item)} ends before it begins`,
      `write it as two: ${first}-${field.most},${field.least}-${last ?? ''}`,
    );
  return ok({
    from,
    ...(to === undefined ? {} : { to }),
    ...(step === undefined || (step === 1 && to !== undefined) ? {} : { step }),
  });
}

function valueOf({ least, most, names }: Field, text: string): number | null {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  const value = named > -1 && text !== '' ? named : /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= least && value <= most ? value : null;
}

/** Days of the week by name, without the steps that OnCalendar= has not; '' for every day. 0 and 7 are Sunday. */
function translateWeekdays(text: string): Result<string> {
  const found = new Set<number>();
  for (const item of text.split(',')) {
    const range = parseItem(weekdays, item);
    if (!range.ok) return range;
    const { from, step } = range.value;
    const to = range.value.to ?? (step === undefined ? from : 6);
    for (let day = from; day <= Math.min(to, item.startsWith('*') ? 6 : 7); day += step ?? 1)
      found.add(day % 7);
  }
  if (found.size === 7) return ok('');
  // A week begins on Monday for systemd.
  return ok(
    [1, 2, 3, 4, 5, 6, 0]
      .filter((day) => found.has(day))
      .map((day) => shownDays[day])
      .join(','),
  );
}
