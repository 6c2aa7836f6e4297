import type { Place } from '../../../errors/failure.ts';
import type { Path } from '../document.ts';
import type { Loss, Verdict } from './loss.ts';

/** What knows where things stand. */
interface Places {
  readonly placeOf: (path: Path, part: 'key') => Place;
}

/**
 * A loss whose place is looked up when it is asked for: of most that is kept nobody asks, and a document may get to know its
 * places only after it was read.
 */
export class ToldLoss implements Loss {
  readonly key: string;
  readonly path: Path;
  readonly verdict: Verdict;
  readonly words: string;
  readonly next?: string;
  readonly #places: Places;

  constructor(places: Places, { key, path, verdict, words, next }: Omit<Loss, 'place'>) {
    this.key = key;
    this.path = path;
    this.verdict = verdict;
    this.words = words;
    if (next !== undefined) this.next = next;
    this.#places = places;
  }

  get place(): Place {
    return this.#places.placeOf(this.path, 'key');
  }

  toJSON(): Loss {
    const { key, path, verdict, words, next, place } = this;
    return { key, path, verdict, words, ...(next === undefined ? {} : { next }), place };
  }
}
