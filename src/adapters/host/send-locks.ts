import type { Lock } from '../../ports/lock.ts';
import type { HostLink } from '../ssh/link.ts';
import { Slots } from '../ssh/slots.ts';
import { createLock } from './lock.ts';

/**
 * The locks for what is sent to another host, by their paths and what they are called. One is taken at a time, in the
 * session that was prepared for the lock of the host: that one is taken when all images are there, and beside this one for
 * the moment in which a volume gets its data; and none of the slots, of which an engine keeps most for its connections.
 */
export function createSendLocks(link: HostLink): (path: string, what: string) => Lock {
  const turn = new Slots(1);
  const locks = new Map<string, Lock>();

  function lockOf(path: string, what: string): Lock {
    let greeting = { elevated: false } as Parameters<HostLink['lockSession']>[1];
    const lock = createLock({
      path,
      what,
      start: (command) => link.lockSession(command, greeting).child,
      isFar: true,
    });
    return {
      async acquire(holder, options) {
        const leave = await turn.take();
        try {
          greeting = await link.greeting();
          const lease = await lock.acquire(holder, options);
          return { lost: lease.lost, release: () => lease.release().finally(leave) };
        } catch (error) {
          leave();
          throw error;
        }
      },
    };
  }

  return (path, what) => {
    const lock = locks.get(path) ?? lockOf(path, what);
    locks.set(path, lock);
    return lock;
  };
}
