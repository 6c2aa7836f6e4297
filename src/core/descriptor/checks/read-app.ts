import type { Failure } from '../../../errors/failure.ts';
import type { AppRequest } from '../../model/app.ts';
import type { Document } from '../document.ts';
import type { Flaws } from '../native/flaws.ts';

/** An app as it was read, with the way back into its text: paths are those of a native descriptor. */
export interface ReadApp {
  readonly request: AppRequest;
  readonly place: Document['place'];
  readonly locate: Document['locate'];
  /** What the paths lead into; absent: not known, or not as it was written. */
  readonly value?: Document['value'];
  /** The files that were laid over its descriptor, in this order; absent: none, or an app that is spread over files. */
  readonly overlays?: readonly string[];
  /** Of an app with mistakes of its own, which is judged beside the others and never applied. */
  readonly flaws?: Flaws;
}

/** A failure that concerns these apps, none of which can be applied as it is. */
export interface Finding {
  readonly apps: readonly ReadApp[];
  readonly failure: Failure;
}
