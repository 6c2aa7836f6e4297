import type { AppRequest } from '../core/model/app.ts';
import type { Scan } from './machine/events.ts';

/** What a look at the watched folders gave. */
export interface Look {
  readonly scan: Scan;
  /** The apps of the good descriptors. */
  readonly requests: ReadonlyMap<string, AppRequest>;
}

/** The descriptors of the watched folders. */
export interface Descriptors {
  /** Looks at all of them; only what changed is read again. From when it resolves, what changes is heard of. */
  look(): Promise<Look>;
}
