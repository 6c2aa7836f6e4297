import type { Place } from '../../../errors/failure.ts';
import type { Path } from '../document.ts';
import type { Part } from './interpolate.ts';
import { childOrigin, overlay, type Mismatch, type Origin, type Sourced } from './overlay.ts';

/** Files that are laid over each other: what they mean together, and where each part of that came from. */
export interface Layers extends Sourced {
  readonly parts: readonly Part[];
}

/** Lays the parts over each other, in order. */
export function layersOf(parts: readonly Part[]): Layers & { readonly mismatches: readonly Mismatch[] } {
  const mismatches: Mismatch[] = [];
  const merged = parts
    .map(({ value }, part): Sourced => ({ value, origin: { part, path: [] } }))
    .reduce((below, above) => overlay(below, above, mismatches));
  return { ...merged, parts, mismatches };
}

/** The place of what a path leads to; below what is not there, that of the last file that has its parent. */
export function placeIn({ parts, origin }: Layers, path: Path, which?: 'key' | 'value'): Place {
  const found = path.reduce<Origin>((at, key) => childOrigin(at, key), origin);
  return placeOf(parts, found, which);
}

/** The place of an origin. */
export function placeOf(parts: readonly Part[], origin: Origin, which: 'key' | 'value' = 'value'): Place {
  const part = parts[origin.part];
  if (part === undefined) throw new Error(`no part ${origin.part}`);
  return part.source.place(part.span(origin.path, which).start);
}
