import type { AcquireOptions, Lease, Lock, LockHolder } from '../../../ports/lock.ts';
import { interruptedFailure, lockedFailure, lostFailure } from '../lock-failures.ts';
import type { MemoryClock } from './clock.ts';

/** A lock in memory: first come, first served. Time passes by the clock of the host. */
export class MemoryLock implements Lock {
  readonly #clock: MemoryClock;
  readonly #waiting: (() => void)[] = [];
  #holder: { readonly who: LockHolder; readonly lost: AbortController } | null = null;

  constructor(clock: MemoryClock) {
    this.#clock = clock;
  }

  /** Who has it now. */
  get holder(): LockHolder | null {
    return this.#holder?.who ?? null;
  }

  /** Takes it away from its holder, as a cut connection does. */
  lose(): void {
    this.#holder?.lost.abort(lostFailure());
    this.#free();
  }

  /** The same for a holder that stands still: it does not notice. */
  expire(): void {
    this.#free();
  }

  async acquire(who: LockHolder, options: AcquireOptions): Promise<Lease> {
    if (options.signal?.aborted === true) throw interruptedFailure();
    if (this.#holder === null) return this.#take(who);
    // Whoever does not wait is not told for whom.
    if (options.timeoutMs === 0) throw lockedFailure(this.holder, 0);
    options.onWaiting?.(this.holder);
    return this.#turn(who, options);
  }

  #take(who: LockHolder): Lease {
    const lost = new AbortController();
    const held = { who, lost };
    this.#holder = held;
    return {
      lost: lost.signal,
      release: () => {
        if (this.#holder === held) this.#free();
        return Promise.resolve();
      },
    };
  }

  #free(): void {
    this.#holder = null;
    this.#waiting.shift()?.();
  }

  #turn(who: LockHolder, { timeoutMs, signal }: AcquireOptions): Promise<Lease> {
    // Whoever is told of the waiting may have ended it.
    if (signal?.aborted === true) return Promise.reject(interruptedFailure());
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void): void => {
        cancel();
        signal?.removeEventListener('abort', interrupted);
        const at = this.#waiting.indexOf(granted);
        if (at !== -1) this.#waiting.splice(at, 1);
        outcome();
      };
      // Taken at once: whoever asks next must not find it free.
      const granted = (): void => end(() => resolve(this.#take(who)));
      const interrupted = (): void => end(() => reject(interruptedFailure()));
      const cancel = this.#clock.after(timeoutMs, () =>
        end(() => reject(lockedFailure(this.holder, timeoutMs))),
      );
      signal?.addEventListener('abort', interrupted, { once: true });
      this.#waiting.push(granted);
    });
  }
}
