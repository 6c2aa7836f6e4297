import type { Lock } from '../../ports/lock.ts';
import type { HostLink } from '../ssh/link.ts';
import type { Slots } from '../ssh/slots.ts';
import { createLock } from './lock.ts';

/**
 * The lock for what is sent to another host. Its session counts as one of the few that a host is asked for at once, so that
 * whatever waits for `turn`, which has one place, leaves the others to those who send.
 */
export function createSendLock(link: HostLink, path: string, turn: Slots): Lock {
  return {
    async acquire(holder, options) {
      const leaveTurn = await turn.take();
      const leaveSlot = await link.slots.take();
      const giveBack = (): void => {
        leaveSlot();
        leaveTurn();
      };
      try {
        const greeting = await link.greeting();
        const start = (command: readonly string[]) => link.start(link.lineAs(command, greeting));
        const lease = await createLock({ path, start, isFar: true }).acquire(holder, options);
        return { lost: lease.lost, release: () => lease.release().finally(giveBack) };
      } catch (error) {
        giveBack();
        throw error;
      }
    },
  };
}
