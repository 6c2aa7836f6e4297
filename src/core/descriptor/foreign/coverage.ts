import type { Verdict } from './loss.ts';

/** What becomes of a key of another format at best; docs/formats is made of tables of these, which also drive the readers. */
export interface Coverage {
  readonly name: string;
  readonly verdict: Verdict;
  /** Keys of the native form that it becomes; '' for none. */
  readonly to: string;
  /** Where it does not simply become that: how, or why not and what to write instead. */
  readonly note: string;
}
