import type { Instance } from '../core/model/instance.ts';
import { unitName } from '../core/model/unit-names.ts';
import { isDown } from '../core/model/unmet.ts';
import type { Systemd } from '../ports/systemd.ts';

/** Which of the instances systemd did not start for conditions of their units that are not met: those, by name. */
export async function findSkipped(
  systemd: Systemd,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const meant = instances.filter(({ hold }) => hold === null);
  if (meant.length === 0) return new Map();
  const listed = await systemd.list(['ctr-*.service']);
  const states = new Map(listed.map(({ unit, activeState }) => [unit, activeState]));
  const down = meant.filter(({ name }) => isDown({ activeState: states.get(unitName(name)) ?? 'inactive' }));
  return unmetOf(systemd, down);
}

/** The same of instances that are known to be down. */
export async function unmetOf(
  systemd: Systemd,
  down: readonly Instance[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const states = await systemd.units(down.map(({ name }) => unitName(name)));
  return new Map(
    states.flatMap((state, index): readonly (readonly [string, readonly string[]])[] => {
      const name = down[index]?.name;
      return name === undefined || state.unmet.length === 0 || !isDown(state) ? [] : [[name, state.unmet]];
    }),
  );
}
