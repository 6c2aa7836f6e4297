interface Range {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Nothing was touched: the file, the registry or the engine was at fault. */
const harmless: Range = { firstMs: 1_000, mostMs: 60_000 };
/** Each attempt stops what runs, so that a bad version does not flap between itself and the last good one. */
const disturbing: Range = { firstMs: 60_000, mostMs: 3_600_000 };

/** An unhealthy container gets the time of a start before it is judged again. */
const unhealthy: Range = { firstMs: 10_000, mostMs: 600_000 };

/** How long an unhealthy container runs on after so many restarts; the first comes at once. */
export function restartBackOffMs(restarts: number): number {
  return restarts === 0 ? 0 : Math.min(unhealthy.mostMs, unhealthy.firstMs * 2 ** Math.min(restarts - 1, 30));
}

/** How long to wait after so many failed attempts, the first being 1: twice as long each time, up to a bound. */
export function backOffMs(attempts: number, disturbs: boolean): number {
  const { firstMs, mostMs } = disturbs ? disturbing : harmless;
  return Math.min(mostMs, firstMs * 2 ** Math.min(attempts - 1, 30));
}
