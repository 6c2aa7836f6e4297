import type { Clock } from '../../../ports/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

/** A clock that stands still until a test moves it. */
export class MemoryClock implements Clock {
  #nowMs: number;
  #setMs = 0;
  #timers: Timer[] = [];

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs + this.#setMs;
  }

  passedMs(): number {
    return this.#nowMs;
  }

  /** Sets the clock forward, or back, as somebody does whose date was wrong: no time passes. */
  set(milliseconds: number): void {
    this.#setMs += milliseconds;
  }

  /** Moves the time on; what was due in between rings in order. */
  advance(milliseconds: number): void {
    const end = this.#nowMs + milliseconds;
    const due = this.#timers.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs);
    this.#timers = this.#timers.filter(({ atMs }) => atMs > end);
    for (const timer of due) {
      this.#nowMs = timer.atMs;
      timer.ring();
    }
    this.#nowMs = end;
  }

  /** Rings once when so much time has passed; returns what takes it back. */
  after(milliseconds: number, ring: () => void): () => void {
    const timer = { atMs: this.#nowMs + milliseconds, ring };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }
}
