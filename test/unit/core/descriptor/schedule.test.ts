import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../src/core/descriptor/schedule.ts';
import { refusalOf, valueOf } from './expectations.ts';

const cron: readonly (readonly [string, string])[] = [
  ['0 3 * * *', '*-*-* 03:00:00'],
  ['*/15 * * * *', '*-*-* *:00/15:00'],
  ['5/15 * * * *', '*-*-* *:05/15:00'],
  ['0 9-17/2 * * *', '*-*-* 09..17/2:00:00'],
  ['30 6,18 * * 1-5', 'Mon,Tue,Wed,Thu,Fri *-*-* 06,18:30:00'],
  ['0 0 1 jan,jul *', '*-01,07-01 00:00:00'],
  ['0 0 */2 * *', '*-*-01/2 00:00:00'],
  ['0 0 * * 0', 'Sun *-*-* 00:00:00'],
  ['0 0 * * 7', 'Sun *-*-* 00:00:00'],
  ['0 0 * * 5-7', 'Fri,Sat,Sun *-*-* 00:00:00'],
  ['0 0 * * */2', 'Tue,Thu,Sat,Sun *-*-* 00:00:00'],
  ['0 0 * * *', '*-*-* 00:00:00'],
  ['@daily', 'daily'],
];

const calendar = [
  'daily',
  'weekly UTC',
  'Mon..Fri 09:00',
  'Sat,Sun *-*-* 03:30:00',
  '*-*-* 03:00',
  '*-*-01,15 00:00',
  '*:0/10',
  '2030-05-01 12:00 Europe/Berlin',
  '*-02~01 23:59:59.5',
  'Mon',
  '2030-01-01',
];

describe('a schedule from cron', () => {
  it.each(cron)('takes %j as %j', (given, expected) => {
    expect(valueOf(parseSchedule(given))).toBe(expected);
  });

  it.each([
    ['60 * * * *', '"60" is no minute of cron'],
    ['* 24 * * *', '"24" is no hour of cron'],
    ['* * 0 * *', '"0" is no day of the month of cron'],
    ['* * * 13 *', '"13" is no month of cron'],
    ['* * * foo *', '"foo" is no month of cron'],
    ['* * * * 8', '"8" is no day of the week of cron'],
    ['*/0 * * * *', '"*/0" is no minute of cron'],
    ['0 22-2 * * *', '"22-2" ends before it begins'],
    ['0 0 1 * 1', 'on the day of the month and also on the day of the week'],
    ['@reboot', '"@reboot" is no time'],
  ])('refuses %j', (given, message) => {
    expect(refusalOf(parseSchedule(given))).toContain(message);
  });
});

describe('a schedule as systemd writes it', () => {
  it.each(calendar)('takes %j as it is', (given) => {
    expect(valueOf(parseSchedule(given))).toBe(given);
  });

  it.each([
    ['dayly', 'did you mean daily?'],
    ['25:00', 'the hour "25" is not within 0 and 23'],
    ['*-13-01', 'the month "13" is not within 1 and 12'],
    ['Mun 09:00', '"Mun" is no date'],
    ['09:00:00:00', '"09:00:00:00" is no time of the day'],
    ['*:0/0', 'repeats in no time'],
    ['', 'is no date'],
    ['Mon 2030-01-01 09:00 now now now', 'too many parts'],
  ])('refuses %j', (given, message) => {
    expect(refusalOf(parseSchedule(given))).toContain(message);
  });
});

const analyze = '/usr/bin/systemd-analyze';

describe.runIf(existsSync(analyze))('systemd itself', () => {
  it('takes everything that is taken here', () => {
    const accepted = [...calendar, ...cron.map(([, expected]) => expected)];
    expect(() => execFileSync(analyze, ['calendar', ...accepted], { stdio: 'pipe' })).not.toThrow();
  });
});
