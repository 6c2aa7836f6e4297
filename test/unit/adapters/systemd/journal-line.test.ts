import { expect, test } from 'vitest';
import { parseJournalLine } from '../../../../src/adapters/systemd/journal-line.ts';

const entry = (fields: Record<string, unknown>) =>
  JSON.stringify({ __REALTIME_TIMESTAMP: '1700000000123456', _SYSTEMD_UNIT: 'ctr-web.service', ...fields });

test('an entry has the time in milliseconds, its unit, text and priority', () => {
  expect(parseJournalLine(entry({ MESSAGE: 'hello\nworld', PRIORITY: '3' }))).toEqual({
    timeMs: 1_700_000_000_123,
    unit: 'ctr-web.service',
    message: 'hello\nworld',
    priority: 3,
  });
});

test.each<[string, unknown, string]>([
  ['bytes that are UTF-8 but not printable', [27, 91, 51, 49, 109, 195, 169], '\u001b[31mé'],
  ['bytes that are not UTF-8', [104, 255, 105], 'h\ufffdi'],
  ['a message given twice', ['one', [116, 119, 111]], 'one\ntwo'],
  ['a message with the line end that conmon keeps', 'last words\n', 'last words'],
  ['no bytes', [], ''],
  ['a message that was too long', null, ''],
  ['no message', undefined, ''],
])('%s are read', (_, message, expected) => {
  expect(parseJournalLine(entry({ MESSAGE: message }))).toMatchObject({ message: expected, priority: 6 });
});

test.each(['', '-- No entries --', '{"cut', 'null', '7'])('%j is not an entry', (line) => {
  expect(parseJournalLine(line)).toBeUndefined();
});
