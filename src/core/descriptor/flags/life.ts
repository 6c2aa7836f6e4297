import { ok } from '../../../errors/failure.ts';
import { parseDuration } from '../duration.ts';
import { type InstallFlag, mapResult, withoutFields } from '../install-flag.ts';
import { parseRestartDelay } from '../restart-delay.ts';
import { parseSchedule } from '../schedule.ts';
import { parseRestart } from '../words.ts';
import { optionFlag } from './option-flag.ts';

const group = 'LIFECYCLE';

/** How it ends and comes back. */
export const lifeFlags: readonly InstallFlag[] = [
  {
    name: 'restart',
    value: 'POLICY',
    repeatable: false,
    summary: 'When systemd starts it again: always (the default), on-failure or no',
    example: 'on-failure',
    group,
    parse: (text) => mapResult(parseRestart(text), (restart) => ({ restart })),
    reset: withoutFields('restart'),
  },
  {
    name: 'restart-sec',
    value: 'FIRST[:LONGEST]',
    repeatable: false,
    summary: 'Delay of the first restart, and the longest that it grows to (2s:60s by default)',
    example: '5s:2m',
    group,
    parse: (text) => mapResult(parseRestartDelay(text), (restartDelay) => ({ restartDelay })),
    reset: withoutFields('restartDelay'),
  },
  {
    name: 'job',
    repeatable: false,
    summary: 'It runs to its end once; its exit status is that of this command',
    example: '',
    group,
    parse: () => ok({ job: true }),
    reset: withoutFields('job'),
  },
  {
    name: 'schedule',
    value: 'TIMES',
    repeatable: false,
    summary: 'It runs to its end at these times: OnCalendar= of systemd.time(7), or five fields of cron',
    example: '*-*-* 03:00',
    group,
    parse: (text) => mapResult(parseSchedule(text), (schedule) => ({ schedule })),
    reset: withoutFields('schedule'),
  },
  optionFlag('stop-signal', group),
  {
    name: 'stop-timeout',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time it has to stop before it is killed; a bare number is seconds (10 by default)',
    example: '30',
    group,
    parse: (text) =>
      mapResult(parseDuration(text, { leastMs: 0, bare: 's' }), (stopTimeoutMs) => ({ stopTimeoutMs })),
    reset: withoutFields('stopTimeoutMs'),
  },
];
