import { access } from 'node:fs/promises';
import type { Systemd } from '../../ports/systemd.ts';
import { BusError } from './bus-error.ts';
import { connectBus } from './connect.ts';
import { throwAsFailure } from './failures.ts';
import { SystemdManager } from './manager.ts';
import { SYSTEM_BUS_ADDRESS } from './socket-paths.ts';

/**
 * Connects to this machine's systemd over the system bus: at `address`, else DBUS_SYSTEM_BUS_ADDRESS, else
 * the well-known socket. Throws a FailureError: SYSTEMD_ABSENT when systemd is not PID 1 or nothing listens
 * on the socket, NOT_ROOT when the socket refuses us, BUS_LOST when the bus does not answer.
 */
export async function connectSystemd({ address }: { readonly address?: string } = {}): Promise<Systemd> {
  const given = address ?? process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? '';
  try {
    // An address of one's own may lead to another systemd than this machine's.
    if (given === '') await assertBooted();
    return new SystemdManager(await connectBus(given === '' ? SYSTEM_BUS_ADDRESS : given));
  } catch (error) {
    return throwAsFailure(error, 'SYSTEMD_REFUSED');
  }
}

/** As sd_booted(3) tells it. */
async function assertBooted(): Promise<void> {
  try {
    await access('/run/systemd/system');
  } catch (cause) {
    throw new BusError('gear.NoSystemd', 'systemd is not PID 1 here: /run/systemd/system does not exist', {
      cause,
    });
  }
}
