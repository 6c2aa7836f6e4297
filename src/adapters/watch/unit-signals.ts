import { type FSWatcher, watch, type WatchListener } from 'node:fs';
import path from 'node:path';
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
import { sightingOf } from './tree.ts';

const firstRetryMs = 200;
const mostRetryMs = 5_000;

/** Tells when one of gear's units changes: by systemd's signals, and by what happens in the folders of units. */
export function followUnits(listener: HostListener, timers: Timers): HostSignals {
  let closed = false;
  let bus: Bus | undefined;
  let retryMs = firstRetryMs;
  let cancel = (): void => undefined;
  const folders = watchUnitFolders(listener);
  const generation = watchGeneration(listener);

  async function connect(): Promise<void> {
    let connected: Bus | undefined;
    try {
      connected = await connectBus(busAddress());
      bus = connected;
      if (closed) {
        bus.close();
        return;
      }
      const { lost } = bus;
      await subscribe(new SystemdSignals(bus), listener, () => {
        generation.follow();
      });
      lost.addEventListener('abort', again);
      if (lost.aborted) again();
      else if (retryMs > firstRetryMs) listener.recovered();
      retryMs = firstRetryMs;
      listener.stirred();
    } catch (error) {
      connected?.close();
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
      generation.close();
    },
  };
}

async function subscribe(
  signals: SystemdSignals,
  { stirred, recovered }: HostListener,
  reloaded: () => void,
): Promise<void> {
  const own = unitPath('ctr-');
  signals.onReplaced(recovered);
  await Promise.all([
    signals.on(
      { interface: PROPERTIES, member: 'PropertiesChanged', arg0: 'org.freedesktop.systemd1.Unit' },
      ({ path: unit }) => {
        if (unit.startsWith(own)) stirred();
      },
    ),
    signals.on({ ...onManager, member: 'UnitFilesChanged' }, stirred),
    signals.on({ ...onManager, member: 'Reloading' }, () => {
      reloaded();
      stirred();
    }),
  ]);
}

const onManager = { path: MANAGER.path, interface: MANAGER.interface };

/** A link that is removed by hand, and a drop-in before its reload, are told by nobody else. */
function watchUnitFolders({ stirred }: HostListener): readonly FSWatcher[] {
  return [paths.units, paths.bootLinks].flatMap((folder) =>
    watchFolder(folder, stirred, (_event, name) => {
      if (name === null || name.startsWith('ctr-')) stirred();
    }),
  );
}

/** gear writes a generation elsewhere and renames it, so what happens in the current one is somebody's doing. */
function watchGeneration({ edited, stirred }: HostListener): { follow(): void; close(): void } {
  let units: readonly FSWatcher[] = [];
  let known: string | null = null;
  const follow = (): void => {
    const { target } = sightingOf(paths.current);
    if (target === known) return;
    known = target;
    for (const each of units) each.close();
    units = watchFolder(`${paths.current}/units`, edited, edited);
  };
  const root = watchFolder(paths.root, stirred, (_event, name) => {
    if (name === null || name === path.basename(paths.current)) follow();
  });
  follow();
  return {
    follow,
    close() {
      for (const each of [...root, ...units]) each.close();
    },
  };
}

/** A folder that is not there, or vanishes, has nothing to hear: it is looked at whenever systemd speaks. */
function watchFolder(
  folder: string,
  troubled: () => void,
  heard: WatchListener<string>,
): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, heard);
    watcher.on('error', troubled);
    return [watcher];
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return [];
  }
}

/** Of the systemd that this process acts on. */
function busAddress(): string {
  return paths.scope === 'user'
    ? userBusAddress(userAccount().folders.runtime)
    : (process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? SYSTEM_BUS_ADDRESS);
}
