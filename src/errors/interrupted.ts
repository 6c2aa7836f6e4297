import type { Failure } from './failure.ts';

/** INTERRUPTED: a signal ended the work, and `left` says what it leaves. */
export function interrupted(left: string, next = 'run the same command again'): Failure {
  return { code: 'INTERRUPTED', message: `interrupted: ${left}`, next };
}
