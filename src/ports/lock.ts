/** Who holds the lock of a host, for whoever waits. */
export interface LockHolder {
  readonly command: string;
  readonly by: string;
  readonly pid: number;
  readonly sinceMs: number;
}

/** A held lock. `lost` aborts when the holder process died or the link was cut: stop, another may have it. */
export interface Lease {
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

export interface AcquireOptions {
  /** Told once, when somebody else has it; null when the holder left no name. */
  readonly onWaiting?: (holder: LockHolder | null) => void;
  /** Gives up with FailureError LOCKED after this long. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * A lock on a host, flock(1) on a file: that of the host itself is /var/lib/gear/lock. Dies with its holder, and without one
 * heartbeat in 10 s.
 */
export interface Lock {
  acquire(holder: LockHolder, options: AcquireOptions): Promise<Lease>;
}
