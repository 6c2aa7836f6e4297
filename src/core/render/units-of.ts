import type { EngineKind } from '../model/engine-kind.ts';
import type { Instance } from '../model/instance.ts';
import type { TemplateName } from './shipped.ts';
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

/** The template that a unit of an instance is rendered from. */
export function templateOf(unit: string, engine: EngineKind): TemplateName {
  if (unit.endsWith('.timer')) return 'schedule.timer.hbs';
  return unit.endsWith('-ready.service') ? 'ready.service.hbs' : `container-${engine}.service.hbs`;
}
