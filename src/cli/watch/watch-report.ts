import type { ControllerState } from '../../controller/machine/state.ts';
import { badFiles } from '../../controller/machine/presence.ts';
import { isSettled } from '../../controller/machine/step.ts';
import { err, type Failure, ok, type Result } from '../../errors/failure.ts';
import { interrupted } from '../../errors/interrupted.ts';

/** How the apps are at the end of `gear watch`. */
export interface WatchReport {
  readonly apps: readonly { readonly app: string; readonly state: string }[];
  readonly failures: readonly Failure[];
}

/**
 * What the command comes to, from what the controller knew last. `once`: it was to end by itself, when all is done that
 * can be; INTERRUPTED where it was not.
 */
export function endOf(state: ControllerState, { once }: { readonly once: boolean }): Result<WatchReport> {
  const report = reportOf(state);
  return once && !isSettled(state)
    ? err(interrupted('not all was done that these files ask for'), ...report.failures)
    : ok(report);
}

function reportOf(state: ControllerState): WatchReport {
  const held = [...state.apps].filter(([, { presence }]) => presence.at === 'held').map(([app]) => app);
  return {
    apps: [...state.apps].map(([app, { presence, work, trouble }]) => ({
      app,
      state: trouble !== null ? 'failed' : presence.at === 'present' ? work.at : presence.at,
    })),
    failures: [
      ...[...badFiles(state).values()].flat(),
      ...[...state.apps.values()].flatMap(({ trouble }) => trouble?.failures ?? []),
      ...(held.length === 0 ? [] : [manyGone(held)]),
    ],
  };
}

function manyGone(apps: readonly string[]): Failure {
  return {
    code: 'VALUE_INVALID',
    message: `most apps have no descriptor any more: ${apps.join(', ')}; none of them was removed`,
    next: `bring the files back, or: gear rm ${apps.join(' ')}`,
  };
}
