import { type FSWatcher, watch } from 'node:fs';
import { paths } from '../../core/model/paths.ts';
import type { Timers } from '../../ports/clock.ts';
import type { HostListener, HostSignals } from '../../ports/host-signals.ts';
import { userAccount } from '../host/user-account.ts';
import { errnoOf } from '../files/refusal.ts';
import { BusError } from '../systemd/bus-error.ts';
import type { Bus } from '../systemd/bus.ts';
import { connectBus } from '../systemd/connect.ts';
import { MANAGER, PROPERTIES } from '../systemd/names.ts';
import { SystemdSignals } from '../systemd/signals.ts';
import { SYSTEM_BUS_ADDRESS, userBusAddress } from '../systemd/socket-paths.ts';
import { unitPath } from '../systemd/unit-path.ts';

const firstRetryMs = 200;
const mostRetryMs = 5_000;

/** Tells when one of gear's units changes: by systemd's signals, and by what happens in the folders of units. */
export function followUnits(listener: HostListener, timers: Timers): HostSignals {
  let closed = false;
  let bus: Bus | undefined;
  let retryMs = firstRetryMs;
  let cancel = (): void => undefined;
  const folders = watchUnitFolders(listener);

  async function connect(): Promise<void> {
    try {
      bus = await connectBus(busAddress());
      if (closed) {
        bus.close();
        return;
      }
      const { lost } = bus;
      await subscribe(new SystemdSignals(bus), listener);
      lost.addEventListener('abort', again);
      if (lost.aborted) again();
      else if (retryMs > firstRetryMs) listener.recovered();
      retryMs = firstRetryMs;
      listener.stirred();
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      again();
    }
  }

  function again(): void {
    if (closed) return;
    cancel();
    cancel = timers.after(retryMs, () => void connect());
    retryMs = Math.min(mostRetryMs, retryMs * 2);
  }

  void connect();
  return {
    close() {
      closed = true;
      cancel();
      bus?.close();
      for (const folder of folders) folder.close();
    },
  };
}

async function subscribe(signals: SystemdSignals, { stirred, recovered }: HostListener): Promise<void> {
  const own = unitPath('ctr-');
  signals.onReplaced(recovered);
  await Promise.all([
    signals.on(
      { interface: PROPERTIES, member: 'PropertiesChanged', arg0: 'org.freedesktop.systemd1.Unit' },
      ({ path }) => {
        if (path.startsWith(own)) stirred();
      },
    ),
    signals.on({ ...onManager, member: 'UnitFilesChanged' }, stirred),
    signals.on({ ...onManager, member: 'Reloading' }, stirred),
  ]);
}

const onManager = { path: MANAGER.path, interface: MANAGER.interface };

/** A link that is removed by hand, and a drop-in before its reload, are told by nobody else. */
function watchUnitFolders({ stirred }: HostListener): readonly FSWatcher[] {
  return [paths.units, paths.bootLinks].flatMap((folder) => {
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null || name.startsWith('ctr-')) stirred();
      });
      // A folder that vanishes has been told; it is looked at whenever systemd speaks.
      watcher.on('error', stirred);
      return [watcher];
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      return [];
    }
  });
}

/** Of the systemd that this process acts on. */
function busAddress(): string {
  return paths.scope === 'user'
    ? userBusAddress(userAccount().folders.runtime)
    : (process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? SYSTEM_BUS_ADDRESS);
}
