import { signatureOf } from '../context.ts';

/** What files looked like at one look: many apps refer to the same ones, and each is asked of once. */
export class Signatures {
  readonly #known = new Map<string, string>();

  of(file: string): string {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const found = signatureOf(file);
    this.#known.set(file, found);
    return found;
  }
}
