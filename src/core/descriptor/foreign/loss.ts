import type { Place } from '../../../errors/failure.ts';
import type { Path } from '../document.ts';

/** What becomes of a key: it means the same, nearly the same, or cannot be had. */
export type Verdict = 'kept' | 'approximated' | 'refused';

/** What became of one key of a file in another format. */
export interface Loss {
  /** As written with dots: `services.web.restart`. */
  readonly key: string;
  readonly path: Path;
  readonly verdict: Verdict;
  /** How it is approximated, or why it is refused; '' for what is kept. */
  readonly words: string;
  /** What to write instead of what is refused. */
  readonly next?: string;
  readonly place: Place;
}
