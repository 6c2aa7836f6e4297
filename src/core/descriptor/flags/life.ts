import { parseDuration } from '../duration.ts';
import { type InstallFlag, mapResult, withoutFields } from '../install-flag.ts';
import { parseRestartDelay } from '../restart-delay.ts';
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
