import type { Journal, JournalLine, JournalOptions } from '../../../ports/journal.ts';
import type { MemoryClock } from './clock.ts';

/** A journal in memory. */
export class MemoryJournal implements Journal {
  readonly #clock: MemoryClock;
  readonly #lines: JournalLine[] = [];
  readonly #readers = new Set<() => void>();

  constructor(clock: MemoryClock) {
    this.#clock = clock;
  }

  /** A line that a unit writes now. */
  add(unit: string, message: string, priority = 6): void {
    this.#lines.push({ timeMs: this.#clock.nowMs(), unit, message, priority });
    for (const wake of this.#readers) wake();
  }

  async *read(options: JournalOptions): AsyncGenerator<JournalLine, void, undefined> {
    const { units, lines, sinceMs = 0, follow = false, signal } = options;
    const wanted = (line: JournalLine): boolean => units.includes(line.unit) && line.timeMs >= sinceMs;
    const written = this.#lines.filter(wanted);
    let seen = this.#lines.length;
    yield* written.slice(lines === undefined ? 0 : Math.max(0, written.length - lines));
    while (follow && signal?.aborted !== true) {
      if (seen === this.#lines.length) await this.#written(signal);
      const fresh = this.#lines.slice(seen);
      seen += fresh.length;
      yield* fresh.filter(wanted);
    }
  }

  async last(unit: string, lines: number, sinceMs = 0): Promise<readonly JournalLine[]> {
    const found: JournalLine[] = [];
    for await (const line of this.read({ units: [unit], lines, sinceMs })) found.push(line);
    return found;
  }

  #written(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#readers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#readers.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
