import type { ListedUnit, TimerState, UnitState } from '../../ports/systemd.ts';
import { variantValue } from './marshaller.ts';
import { unmetConditions } from './unmet-conditions.ts';

/** Reads a unit's state from its D-Bus properties; what a unit of its type does not have is '', 0 or empty. */
export function unitState(unit: string, properties: Readonly<Record<string, unknown>>): UnitState {
  const value = (name: string): unknown => variantValue(properties[name]);
  const text = (name: string): string => {
    const found = value(name);
    return typeof found === 'string' ? found : '';
  };
  const number = (name: string): number => {
    const found = value(name);
    return typeof found === 'number' || typeof found === 'bigint' ? Number(found) : 0;
  };
  const texts = (name: string): readonly string[] => {
    const found = value(name);
    return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
  };
  // systemd counts in microseconds.
  const milliseconds = (name: string): number => Math.floor(number(name) / 1000);
  return {
    unit,
    loadState: text('LoadState'),
    activeState: text('ActiveState'),
    subState: text('SubState'),
    fragmentPath: text('FragmentPath'),
    dropInPaths: texts('DropInPaths'),
    unitFileState: text('UnitFileState'),
    result: text('Result'),
    mainPid: number('MainPID'),
    execMainStatus: number('ExecMainStatus'),
    execMainCode: number('ExecMainCode'),
    restarts: number('NRestarts'),
    activeEnterMs: milliseconds('ActiveEnterTimestamp'),
    stateChangeMs: milliseconds('StateChangeTimestamp'),
    environment: texts('Environment'),
    controlGroup: text('ControlGroup'),
    unmet: unmetConditions(value),
  };
}

/** What 'infinity' is among systemd's microseconds: the timer does not elapse again. */
const never = 2n ** 64n - 1n;

/** Reads when a timer elapses, from its D-Bus properties. */
export function timerState(unit: string, properties: Readonly<Record<string, unknown>>): TimerState {
  const milliseconds = (name: string): number => {
    const found = variantValue(properties[name]);
    return typeof found !== 'bigint' || found === never ? 0 : Number(found / 1000n);
  };
  return {
    unit,
    nextMs: milliseconds('NextElapseUSecRealtime'),
    lastMs: milliseconds('LastTriggerUSec'),
  };
}

/** The state of a unit that systemd does not know: there is nothing more to tell about it. */
export function absentUnit(listed: ListedUnit): UnitState {
  const { unit, loadState, activeState, subState } = listed;
  return { ...unitState(unit, {}), loadState, activeState, subState };
}
