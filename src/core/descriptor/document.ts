import type { Place } from '../../errors/failure.ts';

/** Keys and indexes that lead to a part of a value. */
export type Path = readonly (string | number)[];

/**
 * A descriptor's text as a value (what JSON can hold), after interpolation and overlays, with the place of every part
 * of it in the file that it came from. `place` of a path that is absent is that of its nearest parent.
 */
export interface Document {
  readonly value: unknown;
  /** The first file, as the user named it. */
  readonly source: string;
  readonly place: (path: Path, part?: 'key' | 'value') => Place;
}

/** A file as it was read: its bytes, or why there are none, such as `does not exist`. */
export type SourceFile =
  { readonly path: string; readonly bytes: Uint8Array } | { readonly path: string; readonly problem: string };
