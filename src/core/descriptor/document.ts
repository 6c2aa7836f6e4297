import type { Failure, Place } from '../../errors/failure.ts';

/** Keys and indexes that lead to a part of a value. */
export type Path = readonly (string | number)[];

/**
 * A descriptor's text as a value (what JSON can hold), after interpolation and overlays, with the place of every part
 * of it in the file that it came from.
 */
export interface Document {
  readonly value: unknown;
  /** The first file, as the user named it. */
  readonly source: string;
  /** Of a path that is absent: the place of its nearest parent. Before `locate` it may be no more than the file. */
  readonly place: (path: Path, part?: 'key' | 'value') => Place;
  /**
   * Makes `place` know lines and columns, which takes several times as long as reading did. Whoever finds something
   * wrong awaits it and looks again, so that all that is well is never slowed down by places nobody asks for.
   */
  readonly locate: () => Promise<void>;
  /** Texts whose variables cannot be filled in; absent where there are none. Nothing of them can be judged. */
  readonly unfilled?: readonly Unfilled[];
  /** Variables that are not set and became nothing, as Compose has it; absent where there are none. */
  readonly blanked?: readonly Blanked[];
  /** Whether a file that it is made of, too, could not be read: what it does not have says nothing. */
  readonly isPartial?: true;
}

/** A variable that is not set and became nothing, and the text that it stands in. */
export interface Blanked {
  readonly path: Path;
  readonly name: string;
  readonly place: Place;
}

/** A text whose variables cannot be filled in: where it stands in the value, and why. */
export interface Unfilled {
  readonly path: Path;
  readonly failure: Failure;
}

/** A file as it was read: its bytes, or why there are none, such as `does not exist`, and what helps where that is known. */
export type SourceFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly problem: string; readonly next?: string };
