import { FailureError } from '../../errors/failure.ts';
import type { Systemd } from '../../ports/systemd.ts';
import { BusError } from './bus-error.ts';
import { connectBus } from './connect.ts';
import { throwAsFailure } from './failures.ts';
import { SystemdManager } from './manager.ts';
import { userBusAddress } from './socket-paths.ts';

/**
 * Connects to the systemd of the user with that run-time folder, over the user's bus. FailureError USER_SESSION when
 * nothing listens there, NOT_ROOT when the socket refuses us, BUS_LOST when the bus does not answer.
 */
export async function connectUserSystemd(runtime: string): Promise<Systemd> {
  try {
    return new SystemdManager(await connectBus(userBusAddress(runtime)));
  } catch (error) {
    // The socket outlives a systemd that has just ended with the last session.
    if (!(error instanceof BusError) || !['gear.NoBus', 'gear.Closed'].includes(error.dbusName))
      return throwAsFailure(error, 'SYSTEMD_REFUSED');
    throw new FailureError({
      code: 'USER_SESSION',
      message: `your own systemd does not answer: ${error.message}`,
      next: 'loginctl enable-linger; where that is done: sudo apt install dbus-user-session, and log in anew',
    });
  }
}
