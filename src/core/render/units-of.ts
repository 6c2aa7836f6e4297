import type { Instance } from '../model/instance.ts';
import { readyUnitName, timerUnitName, unitName } from '../model/unit-names.ts';

/** The units of an instance by what they do. */
interface InstanceUnits {
  readonly service: string;
  readonly ready: string | null;
  readonly timer: string | null;
  /** The one that is started, held, and wanted on boot: the timer of what runs on a schedule. */
  readonly start: string;
  /** All of them, the service first. */
  readonly all: readonly string[];
}

/** Which units there are for an instance. */
export function unitsOf({ name, check, spec }: Pick<Instance, 'name' | 'check' | 'spec'>): InstanceUnits {
  const service = unitName(name);
  const ready = check === null ? null : readyUnitName(name);
  const timer = spec.schedule === undefined ? null : timerUnitName(name);
  const all = [service, ready, timer].filter((unit) => unit !== null);
  return { service, ready, timer, start: timer ?? service, all };
}
