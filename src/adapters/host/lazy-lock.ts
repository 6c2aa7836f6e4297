import type { Lock } from '../../ports/lock.ts';

/** The lock of this machine; what starts its process is loaded when the lock is taken. */
export function lazyLock(path: string): Lock {
  return {
    async acquire(holder, options) {
      const [{ createLock }, { startLocal }] = await Promise.all([
        import('./lock.ts'),
        import('./start-local.ts'),
      ]);
      return createLock({ path, start: startLocal }).acquire(holder, options);
    },
  };
}
