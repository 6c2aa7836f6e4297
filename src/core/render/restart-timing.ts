import type { ContainerSpec, RestartPolicy } from '../model/container.ts';
import { isOneShot } from '../model/one-shot.ts';

/** How long systemd waits before a restart; `steps` is null where the delay does not grow. */
export interface RestartTiming {
  readonly first: string;
  readonly steps: number | null;
  readonly longest: string;
}

const steps = 5;
/** RestartSteps= exists since systemd 254. */
const growsSince = 254;
/** Where the delay cannot grow, what crashes at once is not to be tried more often than this. */
const shortestFixedMs = 1_000;

/** Default: 2 seconds growing to 60; before systemd 254 always 10, or the user's first delay. */
export function restartTiming(
  { restartDelay }: Pick<ContainerSpec, 'restartDelay'>,
  systemdVersion: number,
): RestartTiming {
  const { firstMs, longestMs } = restartDelay ?? { firstMs: 2_000, longestMs: 60_000 };
  const longest = timeSpan(longestMs);
  if (systemdVersion >= growsSince)
    return { first: timeSpan(firstMs), steps: longestMs > firstMs ? steps : null, longest };
  const fixedMs = restartDelay === undefined ? 10_000 : Math.max(firstMs, shortestFixedMs);
  return { first: timeSpan(fixedMs), steps: null, longest };
}

/** What ends is not restarted for having ended well: systemd refuses Restart=always for it (systemd.service(5)). */
export function restartPolicy(spec: ContainerSpec): RestartPolicy {
  return isOneShot(spec) && spec.restart === 'always' ? 'on-failure' : spec.restart;
}

/** As systemd.time(7) reads it. */
function timeSpan(milliseconds: number): string {
  return milliseconds % 1_000 === 0 ? `${String(milliseconds / 1_000)}s` : `${String(milliseconds)}ms`;
}
