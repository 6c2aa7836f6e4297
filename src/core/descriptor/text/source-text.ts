import type { ErrorCode } from '../../../errors/codes.ts';
import type { Failure, Place } from '../../../errors/failure.ts';

/** The longest piece of a source line that a place carries. */
const longestLine = 240;

/** A file's text as it is parsed (no byte order mark, lines end with LF), and places in it. */
export class SourceText {
  readonly path: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** The place of a character by its offset, with its line; a long line is cut around the character. */
  place(offset: number): Place {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = this.#lineOf(at);
    const start = this.#starts()[line] ?? 0;
    const end = (this.#starts()[line + 1] ?? this.text.length + 1) - 1;
    const column = at - start + 1;
    const from = Math.max(0, Math.min(column - 1 - longestLine / 2, end - start - longestLine));
    const text = this.text.slice(start + from, Math.min(end, start + from + longestLine));
    return {
      source: this.path,
      line: line + 1,
      column,
      text,
      ...(from > 0 && { textColumn: from + 1 }),
    };
  }

  /** A failure at an offset. */
  failure(code: ErrorCode, offset: number, message: string, next: string): Failure {
    return { code, message, next, place: this.place(offset) };
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1))
        starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }

  #lineOf(offset: number): number {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
