import type { UnitState } from '../../ports/systemd.ts';
import { interruption } from './interruption.ts';
import { MANAGER, PROPERTIES } from './names.ts';
import type { SystemdSignals } from './signals.ts';
import { unitPath } from './unit-path.ts';

export interface UnitWait {
  readonly unit: string;
  readonly holds: (state: UnitState) => boolean;
  readonly read: () => Promise<UnitState>;
  readonly signals: SystemdSignals;
  readonly lost: AbortSignal;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** See Systemd.waitUntil: reads the state first, and again whenever systemd says that something has changed. */
export async function waitUntil({ unit, holds, read, signals, ...bounds }: UnitWait): Promise<UnitState> {
  let last: UnitState | undefined;
  const what = (): string =>
    `waiting for ${unit}${last ? ` (${last.activeState}, ${last.subState}, ${last.loadState})` : ''}`;
  const interrupted = interruption({ what, ...bounds });
  let wake = (): void => undefined;
  const noted = (): void => {
    wake();
  };
  const rules = [
    { path: unitPath(unit), interface: PROPERTIES, member: 'PropertiesChanged' },
    // A reload can bring another unit file without a word about the unit.
    { path: MANAGER.path, interface: MANAGER.interface, member: 'Reloading' },
  ];
  const subscriptions = rules.map((rule) => signals.on(rule, noted));
  const unfollow = signals.onReplaced(noted);
  try {
    await Promise.race([Promise.all(subscriptions), interrupted.promise]);
    for (;;) {
      // Made before the state is read: a change during the reading is not missed.
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      last = await Promise.race([read(), interrupted.promise]);
      if (holds(last)) return last;
      await Promise.race([changed, interrupted.promise]);
    }
  } finally {
    interrupted.release();
    unfollow();
    for (const subscription of subscriptions) {
      // One that failed has been reported above and has nothing to undo.
      subscription.then(
        (unsubscribe) => {
          unsubscribe();
        },
        () => undefined,
      );
    }
  }
}
