import type { JournalLine } from '../../ports/journal.ts';

/**
 * Reads one line of `journalctl -o json`; undefined when it is not a journal entry. Fields are strings, arrays
 * of bytes when they are not printable UTF-8, arrays of those when they occur more than once, and null when
 * they are too long ("Journal JSON Format"). Bytes that are not UTF-8 are replaced.
 */
export function parseJournalLine(line: string): JournalLine | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const field = (name: string): string => fieldText((fields as Record<string, unknown>)[name]);
  const priority = field('PRIORITY');
  return {
    timeMs: Math.floor(Number(field('__REALTIME_TIMESTAMP')) / 1000),
    // Of an entry only that field was asked for which has the unit.
    unit: field('_SYSTEMD_USER_UNIT') || field('_SYSTEMD_UNIT'),
    // conmon keeps the line end of the last line before a process ends.
    message: field('MESSAGE').replace(/\n$/, ''),
    priority: priority === '' ? INFO : Number(priority),
  };
}

const INFO = 6;

function fieldText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  if (value.every((item) => typeof item === 'number')) return Buffer.from(value).toString('utf8');
  return value.map(fieldText).join('\n');
}
