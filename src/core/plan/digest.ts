import { hashOf } from '../model/hash.ts';
import { isAwaiting } from './actions.ts';
import type { Plan } from './plan.ts';

/** Names what a plan does: two plans with the same digest do the same, for the same reasons. What only awaits does nothing. */
export function planDigest({ operations }: Plan): string {
  return hashOf(operations.filter((each) => !isAwaiting(each)).map((operation) => ({ ...operation })));
}
