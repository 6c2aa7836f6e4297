/** The time, as data: core never asks. */
export interface Clock {
  nowMs(): number;
  /** The time of Timers below: for deadlines, and how long something took. */
  passedMs(): number;
}

/** Time that only goes forward, whatever is done to the clock of the host (CLOCK_MONOTONIC). For waiting, not for dates. */
export interface Timers {
  nowMs(): number;
  /** Rings once after so many milliseconds; returns what takes it back. */
  after(delayMs: number, ring: () => void): () => void;
}
