import type { Path } from '../document.ts';

/** Where the parts of a value that was made come from: paths in it → paths in the original. */
export class PlaceMap {
  readonly #origins = new Map<string, Path>();

  set(made: Path, original: Path): void {
    this.#origins.set(keyOf(made), original);
  }

  /** The original of a part itself; undefined where it was made of several, or of nothing. */
  exact(made: Path): Path | undefined {
    return this.#origins.get(keyOf(made));
  }

  /** The original of a part, or of the nearest part around it that has one; the whole file otherwise. */
  originalOf(made: Path): Path {
    for (let length = made.length; length > 0; length--) {
      const original = this.#origins.get(keyOf(made.slice(0, length)));
      if (original !== undefined) return original;
    }
    return [];
  }
}

function keyOf(path: Path): string {
  return path.join('\0');
}
