import type { ErrorCode } from '../../../errors/codes.ts';
import type { Failure, Place, Result } from '../../../errors/failure.ts';
import type { Document, Path } from '../document.ts';

type Part = 'key' | 'value';

/** Gathers everything that is wrong with a descriptor, each with its place, so that one run tells all of it. */
export class Findings {
  readonly failures: Failure[] = [];
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  /** The value; or undefined, with its failures noted at the path where they have no place of their own. */
  take<T>(result: Result<T>, path: Path, part: Part = 'value'): T | undefined {
    if (result.ok) return result.value;
    for (const failure of result.failures)
      this.failures.push(
        failure.place === undefined ? { ...failure, place: this.#place(path, part) } : failure,
      );
    return undefined;
  }

  refuse(path: Path, code: ErrorCode, message: string, next: string, part: Part = 'value'): void {
    this.failures.push({ code, message, next, place: this.#place(path, part) });
  }

  /** As they stand in the text, file by file. */
  inOrder(): readonly Failure[] {
    const files = [...new Set(this.failures.map(({ place }) => place?.source))];
    const position = ({ place }: Failure) =>
      [files.indexOf(place?.source), place?.line ?? 0, place?.column ?? 0] as const;
    const once = new Map(this.failures.map((failure) => [JSON.stringify(failure), failure]));
    return [...once.values()].toSorted((a, b) => {
      const [left, right] = [position(a), position(b)];
      return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
    });
  }

  #place(path: Path, part: Part): Place {
    const place = this.#document.place(path, part);
    if (path[0] !== 'containers' || path[2] !== 'env') return place;
    // The line may hold the value of a variable, which is secret.
    return Object.fromEntries(
      Object.entries(place).filter(([key]) => !key.startsWith('text')),
    ) as unknown as Place;
  }
}
