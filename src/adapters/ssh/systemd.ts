import type { Systemd } from '../../ports/systemd.ts';
import { Bus } from '../systemd/bus.ts';
import { throwAsFailure } from '../systemd/failures.ts';
import { SystemdManager } from '../systemd/manager.ts';
import type { HostLink } from './link.ts';
import { openSession } from './session.ts';

/**
 * The systemd of a host over its system bus, through systemd-stdio-bridge(1) as systemctl -H does it. FailureError
 * HOST_…, SYSTEMD_ABSENT, NOT_ROOT or BUS_LOST.
 */
export async function connectRemoteSystemd(link: HostLink): Promise<Systemd> {
  const stream = await openSession(link, ['systemd-stdio-bridge']);
  try {
    return new SystemdManager(await Bus.over(stream));
  } catch (error) {
    return throwAsFailure(error, 'SYSTEMD_REFUSED');
  }
}
