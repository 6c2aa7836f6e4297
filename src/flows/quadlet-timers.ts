import { readTriggers } from '../core/descriptor/quadlet/triggers.ts';
import type { ContainerSpec } from '../core/model/container.ts';
import { systemctl } from '../core/model/systemctl.ts';
import { type Failure, FailureError } from '../errors/failure.ts';
import type { Host } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import { containerOf, type Generated } from './quadlet-units.ts';

/** What starts the units of Quadlet's that go. */
export interface FormerTriggers {
  /** Timers of units by these: gear's own timer takes their place, and they are stopped and disabled. */
  readonly timers: ReadonlyMap<string, readonly string[]>;
  /** Those of the timers that boot starts. */
  readonly enabled: readonly string[];
  /** What else starts them, in words for people, by unit. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds the timers and other units that start what goes: they would go on calling a service that is gone. FailureError
 * where a timer is not among the files, so that the container would lose its times.
 */
export async function findTriggers(
  { host }: FlowContext,
  folder: string,
  units: readonly Generated[],
  specs: ReadonlyMap<string, ContainerSpec>,
): Promise<FormerTriggers> {
  const timers = new Map<string, readonly string[]>();
  const others = new Map<string, readonly string[]>();
  if (units.length === 0) return { timers, enabled: [], others };
  const shown = await host.run([
    ...['systemctl', 'show', '--property=Id', '--property=TriggeredBy', '--'],
    ...units.map(({ unit }) => unit),
  ]);
  const triggers = readTriggers(shown.status === 0 ? shown.stdout : '');
  for (const each of units) {
    const found = triggers.get(each.unit) ?? [];
    const spec = specs.get(containerOf(each));
    const [timer] = found.filter((name) => name.endsWith('.timer'));
    if (timer !== undefined && spec?.job === true)
      throw new FailureError(await besides(host, folder, each, timer));
    const taken = spec?.schedule === undefined ? [] : found.filter((name) => name.endsWith('.timer'));
    const rest = found.filter((name) => !taken.includes(name));
    if (taken.length > 0) timers.set(each.unit, taken);
    if (rest.length > 0)
      others.set(
        each.unit,
        rest.map((name) => `${name} starts ${each.unit}, which goes: ${systemctl(`disable --now ${name}`)}`),
      );
  }
  const states = await (await host.systemd()).units([...timers.values()].flat());
  const enabled = states.filter(({ unitFileState }) => unitFileState.startsWith('enabled'));
  return { timers, enabled: enabled.map(({ unit }) => unit), others };
}

/** A timer elsewhere is part of what runs, and not of what is read. */
async function besides(
  host: Host,
  folder: string,
  { unit, file }: Generated,
  timer: string,
): Promise<Failure> {
  const systemd = await host.systemd();
  const [state] = await systemd.units([timer]);
  const beside = `${folder.replace(/\/+$/, '')}/${file.replace(/\.[a-z]+$/, '.timer')}`;
  return {
    code: 'UNSUPPORTED',
    message: `${timer} starts ${unit} at its times, and does not lie beside ${file}`,
    next: `cp ${state?.fragmentPath ?? timer} ${beside}, and adopt again: its OnCalendar= becomes the schedule`,
    subject: timer,
  };
}
