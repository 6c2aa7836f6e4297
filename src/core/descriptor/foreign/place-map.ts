import type { Path } from '../document.ts';

/** Where the parts of a value that was made come from: paths in it → paths in the original. */
export class PlaceMap {
  readonly #made: (readonly [made: Path, original: Path])[] = [];
  /** Of the first so many of them: most files are read without anybody asking for a place. */
  readonly #origins = new Map<string, Path>();
  #indexed = 0;
  /** The way back, the first one of several; made when all is read, for files with mistakes. */
  #results: ReadonlyMap<string, Path> | undefined;

  set(made: Path, original: Path): void {
    this.#made.push([made, original]);
  }

  /** Takes over what another map knows. */
  add(other: PlaceMap): void {
    for (const [made, original] of other.#made) this.set(made, original);
  }

  /** The original of a part itself; undefined where it was made of several, or of nothing. */
  exact(made: Path): Path | undefined {
    return this.#known().get(keyOf(made));
  }

  /** The original of a part, or of the nearest part around it that has one; the whole file otherwise. */
  originalOf(made: Path): Path {
    for (let length = made.length; length > 0; length--) {
      const original = this.#known().get(keyOf(made.slice(0, length)));
      if (original !== undefined) return original;
    }
    return [];
  }

  /** What an original became, or the nearest part around it that became something; [] where nothing of it did. */
  madeOf(original: Path): Path {
    this.#results ??= new Map(this.#made.map(([made, from]) => [keyOf(from), made] as const).toReversed());
    for (let length = original.length; length > 0; length--) {
      const made = this.#results.get(keyOf(original.slice(0, length)));
      if (made !== undefined) return made;
    }
    return [];
  }

  #known(): ReadonlyMap<string, Path> {
    for (const [made, original] of this.#made.slice(this.#indexed)) this.#origins.set(keyOf(made), original);
    this.#indexed = this.#made.length;
    return this.#origins;
  }
}

function keyOf(path: Path): string {
  return path.join('\0');
}
