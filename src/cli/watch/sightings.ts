import { sightingOf } from '../context.ts';

type Sighting = ReturnType<typeof sightingOf>;

/** What files looked like at one look: many apps refer to the same ones, and each is asked of once. */
export class Sightings {
  readonly #known = new Map<string, Sighting>();

  /** What tells that a file is not the one it was. */
  signature(file: string): string {
    return this.#of(file).signature;
  }

  /** Where a symbolic link leads to in the end; null for anything else. */
  target(file: string): string | null {
    return this.#of(file).target;
  }

  #of(file: string): Sighting {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const found = sightingOf(file);
    this.#known.set(file, found);
    return found;
  }
}
