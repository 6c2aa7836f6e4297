import type { Lock } from '../../ports/lock.ts';
import type { LockParts } from './lock.ts';

/** The lock of this machine; what starts its process is loaded when the lock is taken. */
export function lazyLock(path: string, parts: Omit<LockParts, 'path' | 'start'> = {}): Lock {
  return {
    async acquire(holder, options) {
      const [{ createLock }, { startLocal }] = await Promise.all([
        import('./lock.ts'),
        import('./start-local.ts'),
      ]);
      return createLock({ path, start: startLocal, ...parts }).acquire(holder, options);
    },
  };
}
