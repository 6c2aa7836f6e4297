/** How many lines of one source may wait for those of the others. */
const mostWaiting = 1000;

interface Source<T> {
  readonly lines: T[];
  isOpen: boolean;
  wake: (() => void) | null;
}

/**
 * Lines of several sources in the order of their time. A line is written once no source can bring an earlier one: each
 * has one waiting, or has ended. With `settleMs` it waits no longer than that, because a source that goes on may be
 * silent for ever.
 */
export class MergedLines<T extends { readonly timeMs: number }> {
  readonly #sources: readonly Source<T>[];
  readonly #write: (line: T) => void;
  readonly #settleMs: number | null;
  #timer: NodeJS.Timeout | undefined;

  constructor(count: number, write: (line: T) => void, settleMs: number | null = null) {
    this.#sources = Array.from({ length: count }, () => ({ lines: [], isOpen: true, wake: null }));
    this.#write = write;
    this.#settleMs = settleMs;
  }

  /** Takes all lines of a source, in their order; resolves when it has ended. */
  async take(at: number, lines: AsyncIterable<T>): Promise<void> {
    const source = this.#sourceAt(at);
    for await (const line of lines) {
      source.lines.push(line);
      this.#drain(false);
      if (source.lines.length >= mostWaiting) await new Promise<void>((resolve) => (source.wake = resolve));
    }
  }

  /** The source brings no more. */
  end(at: number): void {
    this.#sourceAt(at).isOpen = false;
    this.#drain(false);
  }

  #sourceAt(at: number): Source<T> {
    const source = this.#sources[at];
    if (source === undefined) throw new Error(`no source ${at}`);
    return source;
  }

  #drain(all: boolean): void {
    for (let source = this.#next(all); source !== null; source = this.#next(all)) {
      const line = source.lines.shift();
      if (line !== undefined) this.#write(line);
      source.wake?.();
      source.wake = null;
    }
    const waits = this.#sources.some(({ lines }) => lines.length > 0);
    if (!waits || this.#settleMs === null || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#drain(true);
    }, this.#settleMs);
    // What is left when all have ended was written by their end.
    this.#timer.unref();
  }

  /** The source of the earliest line that may be written now. */
  #next(all: boolean): Source<T> | null {
    let first: Source<T> | null = null;
    for (const source of this.#sources) {
      const time = source.lines[0]?.timeMs;
      if (time === undefined && source.isOpen && !all) return null;
      if (time !== undefined && time < (first?.lines[0]?.timeMs ?? Infinity)) first = source;
    }
    return first;
  }
}
