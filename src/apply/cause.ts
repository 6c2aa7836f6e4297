import type { Instance } from '../core/model/instance.ts';
import { isSystemdUnit } from '../core/model/systemd-unit.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import { unmetWords } from '../core/model/unmet.ts';
import type { UnitState } from '../ports/systemd.ts';
import type { Tools } from './tools.ts';

/** What an instance waits for, and what of it is missing. */
export interface Cause {
  /** An instance, or a unit of systemd. */
  readonly name: string;
  /** `is not ready`, and so on. */
  readonly what: string;
  /** Whether it runs, and is only not ready yet. */
  readonly runs: boolean;
  /** The instance that it is, if it is one. */
  readonly instance: Instance | null;
}

/**
 * What an instance waits for and is not there, or what that waits for in turn: the last of them, for it explains all
 * before it. Null when everything is there.
 */
export async function findCause(tools: Tools, name: string): Promise<Cause | null> {
  const seen = new Set<string>();
  let found: Cause | null = null;
  for (let next: string | null = name; next !== null && !seen.has(next);) {
    seen.add(next);
    const missing: Cause | null = await firstMissing(tools, next);
    found = missing ?? found;
    next = missing?.instance?.name ?? null;
  }
  return found;
}

async function firstMissing(tools: Tools, name: string): Promise<Cause | null> {
  const joined = await missingNetwork(tools, name);
  if (joined !== null) return joined;
  const { requires = [], after = [] } = tools.instances.get(name)?.spec ?? {};
  const isJob = (other: string): boolean => tools.instances.get(other)?.spec.job === true;
  const gated = [...new Set([...requires, ...after.filter(isJob)])];
  if (gated.length === 0) return null;
  const units = gated.map((other) => unitOf(tools, other));
  const systemd = await tools.host.systemd();
  const states = await systemd.units(units);
  const at = gated.findIndex((_, index) => states[index]?.activeState !== 'active');
  const missing = gated[at];
  if (missing === undefined) return null;
  const instance = tools.instances.get(missing) ?? null;
  const [state] = instance === null ? [states[at]] : await systemd.units([unitName(instance.name)]);
  return { name: missing, instance, ...stateOf(instance, state) };
}

/** The container whose network an instance uses, where that does not run; it has not to be ready. */
async function missingNetwork(tools: Tools, name: string): Promise<Cause | null> {
  const other = tools.instances.get(name)?.joins?.instance;
  if (other === undefined) return null;
  const [state] = await (await tools.host.systemd()).units([unitName(other)]);
  if (state?.activeState === 'active') return null;
  return { name: other, what: 'does not run', runs: false, instance: tools.instances.get(other) ?? null };
}

function stateOf(instance: Instance | null, state: UnitState | undefined): Pick<Cause, 'what' | 'runs'> {
  const isHeld = (instance?.hold ?? null) !== null;
  if (!isHeld && state !== undefined && state.activeState !== 'active' && state.unmet.length > 0)
    return { what: `does not run: ${unmetWords(state.unmet)}`, runs: false };
  if (instance === null) return { what: 'is not active', runs: false };
  if (instance.spec.job === true) return { what: 'did not succeed', runs: false };
  if (instance.hold !== null) return { what: `is kept stopped by ${instance.hold.by}`, runs: false };
  return instance.check === null
    ? { what: 'does not run', runs: false }
    : { what: 'is not ready', runs: true };
}

/** The unit that is active once it is there. */
function unitOf(tools: Tools, name: string): string {
  if (isSystemdUnit(name)) return name;
  const hasCheck = (tools.instances.get(name)?.check ?? null) !== null;
  return hasCheck ? readyUnitName(name) : unitName(name);
}
