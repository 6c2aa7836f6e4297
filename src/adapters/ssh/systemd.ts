import type { Duplex } from 'node:stream';
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
  const open = () => openSession(link, ['systemd-stdio-bridge']).then(openManager);
  const opening = open();
  // A host that cannot be reached says so in its greeting; what became of the bus tells less.
  opening.catch(() => undefined);
  const before = link.wasLeft;
  await link.greeting();
  try {
    // Over a connection that was left meanwhile, it has ended too.
    return await (link.wasLeft === before ? opening : open());
  } catch (error) {
    return throwAsFailure(error, 'SYSTEMD_REFUSED');
  }
}

/** Every command asks for the version first. */
async function openManager(stream: Duplex): Promise<SystemdManager> {
  let manager: SystemdManager | undefined;
  const bus = await Bus.over(stream, {
    first: (connecting) => {
      manager = new SystemdManager(connecting);
      manager.version().catch(() => undefined);
    },
  });
  return manager ?? new SystemdManager(bus);
}
