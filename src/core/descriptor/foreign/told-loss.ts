import type { Place } from '../../../errors/failure.ts';
import type { Path } from '../document.ts';
import type { Loss, Verdict } from './loss.ts';

/** What knows where things stand, and how they are called. */
interface Places {
  readonly keyOf: (path: Path) => string;
  readonly placeOf: (path: Path, part: 'key') => Place;
}

/**
 * A loss whose key and place are made when they are asked for: of most that is kept nobody asks, and a document may get to
 * know its places only after it was read.
 */
export class ToldLoss implements Loss {
  readonly path: Path;
  readonly verdict: Verdict;
  readonly words: string;
  readonly next?: string;
  readonly #places: Places;

  constructor(places: Places, { path, verdict, words, next }: Omit<Loss, 'key' | 'place'>) {
    this.path = path;
    this.verdict = verdict;
    this.words = words;
    if (next !== undefined) this.next = next;
    this.#places = places;
  }

  get key(): string {
    return this.#places.keyOf(this.path);
  }

  get place(): Place {
    return this.#places.placeOf(this.path, 'key');
  }

  toJSON(): Loss {
    const { key, path, verdict, words, next, place } = this;
    return { key, path, verdict, words, ...(next === undefined ? {} : { next }), place };
  }
}
