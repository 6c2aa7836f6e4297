import { hashOf } from '../model/hash.ts';
import type { Plan } from './plan.ts';

/** Names what a plan does: two plans with the same digest do the same, for the same reasons. */
export function planDigest({ operations }: Plan): string {
  return hashOf(operations.map((operation) => ({ ...operation })));
}
