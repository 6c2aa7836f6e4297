import { unitName } from '../model/unit-names.ts';
import { isUp } from './form.ts';
import { containersOf } from './known.ts';
import type { Observed } from './observed.ts';

/** Whether its check fails while it is meant to run: one that hangs while a person stops it is left to stop. */
export function isUnhealthy(observed: Observed, name: string): boolean {
  return (
    isUp(observed.units.get(unitName(name))?.active) &&
    containersOf(observed, name).some(({ unhealthy }) => unhealthy === true)
  );
}
