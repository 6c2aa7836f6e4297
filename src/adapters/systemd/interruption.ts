import { setMaxListeners } from 'node:events';
import { aborted, BusError } from './bus-error.ts';

export interface Wait {
  /** What is waited for, as an error says it. */
  readonly what: () => string;
  readonly lost: AbortSignal;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A promise that never resolves, to race against: it rejects with a BusError when the connection is lost,
 * the time is up, or the caller aborts. `release` ends it without a result.
 */
export function interruption({ what, lost, timeoutMs, signal }: Wait): {
  readonly promise: Promise<never>;
  readonly release: () => void;
} {
  let release = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const onLost = (): void => {
      const why = lost.reason instanceof Error ? lost.reason.message : 'the D-Bus connection was lost';
      reject(new BusError('gear.Closed', `${what()}: ${why}`, { cause: lost.reason }));
    };
    const onAbort = (): void => {
      if (signal) reject(aborted(what(), signal));
    };
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            reject(new BusError('gear.WaitTimeout', `${what()}: not within ${String(timeoutMs)} ms`));
          }, timeoutMs);
    // One signal may end any number of waits; node takes more than ten listeners for a leak.
    setMaxListeners(0, lost, ...(signal ? [signal] : []));
    lost.addEventListener('abort', onLost);
    signal?.addEventListener('abort', onAbort);
    release = () => {
      clearTimeout(timer);
      lost.removeEventListener('abort', onLost);
      signal?.removeEventListener('abort', onAbort);
    };
    if (lost.aborted) onLost();
    else if (signal?.aborted) onAbort();
  });
  // Between two races nobody listens; the next race sees the rejection.
  promise.catch(() => undefined);
  return { promise, release };
}
