import type { HealthOptions, RestartDelay, RestartPolicy } from '../../model/container.ts';
import { parseRetries } from '../amounts.ts';
import { parseDuration } from '../duration.ts';
import { parseRestart, parseShellLine } from '../words.ts';
import { refuse } from '../refuse.ts';
import type { ContainerInput } from './schema.ts';
import type { Scope } from './scope.ts';

/** The health check as given; undefined where the image decides. */
export function lowerHealth(
  { findings }: Scope,
  name: string,
  { health }: ContainerInput,
): HealthOptions | undefined {
  if (health === undefined) return undefined;
  if (health === false) return { disabled: true };
  const at = ['containers', name, 'health'];
  const time = (key: 'interval' | 'timeout' | 'start_period', leastMs: number) =>
    health[key] === undefined
      ? undefined
      : findings.take(parseDuration(String(health[key]), { leastMs }), [...at, key]);
  const { cmd } = health;
  const command =
    typeof cmd === 'string'
      ? findings.take(parseShellLine(cmd), [...at, 'cmd'])
      : cmd?.length === 0
        ? findings.take(parseShellLine(''), [...at, 'cmd'])
        : cmd?.map(String);
  const retries =
    health.retries === undefined
      ? undefined
      : findings.take(parseRetries(String(health.retries)), [...at, 'retries']);
  const intervalMs = time('interval', 1);
  const timeoutMs = time('timeout', 1);
  const startPeriodMs = time('start_period', 0);
  return {
    ...(command === undefined ? {} : { command }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(retries === undefined ? {} : { retries }),
    ...(startPeriodMs === undefined ? {} : { startPeriodMs }),
  };
}

/** The delay that holds where a descriptor gives one end of it only. */
const usual: RestartDelay = { firstMs: 2000, longestMs: 60_000 };

/** The policy and, where it is given, the delay. Jobs are tried again after a failure, scheduled ones at their next time. */
export function lowerRestart(
  { findings }: Scope,
  name: string,
  { restart, job, schedule }: ContainerInput,
): { readonly restart: RestartPolicy; readonly restartDelay?: RestartDelay } {
  const standard = schedule !== undefined ? 'no' : job === true ? 'on-failure' : 'always';
  const at = ['containers', name, 'restart'];
  const policy = (given: string | false | undefined, path: readonly string[]) =>
    given === undefined
      ? standard
      : (findings.take(parseRestart(given === false ? 'no' : given), path) ?? standard);
  if (typeof restart !== 'object') return { restart: policy(restart, at) };
  const time = (key: 'delay' | 'max_delay') =>
    restart[key] === undefined
      ? undefined
      : findings.take(parseDuration(String(restart[key]), { leastMs: 100 }), [...at, key]);
  const [first, longest] = [time('delay'), time('max_delay')];
  if (first !== undefined && longest !== undefined && longest < first)
    findings.take(refuse('VALUE_INVALID', 'max_delay is shorter than delay', 'make it as long, or longer'), [
      ...at,
      'max_delay',
    ]);
  const chosen = policy(restart.policy, [...at, 'policy']);
  if (first === undefined && longest === undefined) return { restart: chosen };
  const firstMs = first ?? Math.min(usual.firstMs, longest ?? usual.firstMs);
  return {
    restart: chosen,
    restartDelay: { firstMs, longestMs: longest ?? Math.max(usual.longestMs, firstMs) },
  };
}
