import type { NotifyEvent } from '../core/model/notify.ts';

/** One line of `gear notify ls`. A URL is nowhere in it. */
export interface NotifyRow {
  readonly name: string;
  readonly kind: 'command' | 'webhook';
  /** Null for a webhook. */
  readonly command: readonly string[] | null;
  readonly on: readonly NotifyEvent[];
}

/** What became of a target. */
export interface NotifyChange {
  readonly name: string;
  readonly result: 'added' | 'changed' | 'removed';
}

/** `gear notify test`. */
export interface NotifyTest {
  readonly name: string;
  readonly ok: boolean;
  /** What went wrong; empty: nothing. */
  readonly said: string;
}
