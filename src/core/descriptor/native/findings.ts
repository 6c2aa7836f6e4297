import type { ErrorCode } from '../../../errors/codes.ts';
import type { Failure, Place, Result } from '../../../errors/failure.ts';
import { inTextOrder } from '../../../errors/text-order.ts';
import type { Document, Path } from '../document.ts';

type Part = 'key' | 'value';

interface Noted {
  readonly path: Path;
  readonly failure: Failure;
}

/** Gathers everything that is wrong with a descriptor, each with its place, so that one run tells all of it. */
export class Findings {
  #noted: Noted[] = [];
  /** By list: the indexes of items of which there is no value. */
  readonly #lost = new Map<string, Set<number>>();
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
    this.#noted.push(...(document.unfilled ?? []));
  }

  /** How many there are so far. */
  get count(): number {
    return this.#noted.length;
  }

  /** The paths of what is wrong. */
  get paths(): readonly Path[] {
    return this.#noted.map(({ path }) => path);
  }

  /** Forgets what was noted since there were so many. */
  backTo(count: number): void {
    this.#noted = this.#noted.slice(0, count);
  }

  /** The value; or undefined, with its failures noted at the path where they have no place of their own. */
  take<T>(result: Result<T>, path: Path, part: Part = 'value'): T | undefined {
    if (result.ok) return result.value;
    for (const each of result.failures) {
      const failure = each.place === undefined ? { ...each, place: this.#place(path, part) } : each;
      this.#noted.push({ path, failure });
    }
    const [list, index] = itemOf(path);
    if (index !== undefined) this.#lost.set(list, (this.#lost.get(list) ?? new Set()).add(index));
    return undefined;
  }

  refuse(path: Path, code: ErrorCode, message: string, next: string, part: Part = 'value'): void {
    const failure = { code, message, next, place: this.#place(path, part) };
    this.#noted.push({ path, failure });
  }

  /** Whether anything is wrong at this path or below it. */
  isWrong(path: Path): boolean {
    return this.#noted.some((noted) => path.every((part, index) => noted.path[index] === part));
  }

  /** The path in the text of an item of those that are right: wrong ones before it are not counted in `path`. */
  asWritten(path: Path): Path {
    const [list, index] = itemOf(path);
    const lost = index === undefined ? undefined : this.#lost.get(list);
    if (index === undefined || lost === undefined) return path;
    const written = [...lost]
      .toSorted((a, b) => a - b)
      .reduce((at, each) => (each <= at ? at + 1 : at), index);
    return [...path.slice(0, -1), written];
  }

  /** As they stand in the text, file by file. */
  inOrder(): readonly Failure[] {
    const failures = this.#noted.map(({ failure }) => failure);
    const once = new Map(failures.map((failure) => [JSON.stringify(failure), failure]));
    return [...once.values()].toSorted(inTextOrder(failures.map(({ place }) => place?.source)));
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

/** The list that a path leads into, as a key, and the index there; no index where it leads elsewhere. */
function itemOf(path: Path): readonly [list: string, index: number | undefined] {
  const last = path.at(-1);
  return [JSON.stringify(path.slice(0, -1)), typeof last === 'number' ? last : undefined];
}
