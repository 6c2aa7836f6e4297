import { ok } from '../../../errors/failure.ts';
import { parseRetries } from '../amounts.ts';
import { parseDuration } from '../duration.ts';
import { type InstallFlag, mapResult, withoutHealth } from '../install-flag.ts';
import { parseShellLine } from '../words.ts';

const group = 'HEALTH';
const always = { leastMs: 0 };
const some = { leastMs: 1 };

/** When it counts as ready. */
export const healthFlags: readonly InstallFlag[] = [
  {
    name: 'health-cmd',
    value: 'LINE',
    repeatable: false,
    summary: 'Shell line, run in the container, that succeeds when it is healthy',
    example: 'wget -qO- http://127.0.0.1/',
    group,
    parse: (text) => mapResult(parseShellLine(text), (command) => ({ health: { command } })),
    reset: withoutHealth('command'),
  },
  {
    name: 'health-interval',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time between two health checks',
    example: '10s',
    group,
    parse: (text) => mapResult(parseDuration(text, some), (intervalMs) => ({ health: { intervalMs } })),
    reset: withoutHealth('intervalMs'),
  },
  {
    name: 'health-timeout',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time after which a health check has failed',
    example: '5s',
    group,
    parse: (text) => mapResult(parseDuration(text, some), (timeoutMs) => ({ health: { timeoutMs } })),
    reset: withoutHealth('timeoutMs'),
  },
  {
    name: 'health-retries',
    value: 'NUMBER',
    repeatable: false,
    summary: 'Failed checks in a row that make it unhealthy',
    example: '3',
    group,
    parse: (text) => mapResult(parseRetries(text), (retries) => ({ health: { retries } })),
    reset: withoutHealth('retries'),
  },
  {
    name: 'health-start-period',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time after the start in which failed checks do not count',
    example: '1m30s',
    group,
    parse: (text) =>
      mapResult(parseDuration(text, always), (startPeriodMs) => ({ health: { startPeriodMs } })),
    reset: withoutHealth('startPeriodMs'),
  },
  {
    name: 'no-healthcheck',
    repeatable: false,
    summary: "Run no health check, not even the image's",
    example: '',
    group,
    parse: () => ok({ health: { disabled: true } }),
    reset: withoutHealth('disabled'),
  },
];
