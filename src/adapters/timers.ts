import { performance } from 'node:perf_hooks';
import type { Timers } from '../ports/clock.ts';

/** The longest delay that Node takes; a longer one rings at once. */
const mostMs = 2 ** 31 - 1;

/** The monotonic time of this process. */
export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after: (delayMs, ring) => {
    const timer = setTimeout(ring, Math.min(mostMs, Math.max(0, delayMs)));
    return () => {
      clearTimeout(timer);
    };
  },
};
