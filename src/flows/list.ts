import { attempt, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { readyUnitName } from '../core/model/unit-names.ts';
import { unitsOf } from '../core/render/units-of.ts';
import { observeRuns } from './one-shots.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ListedUnit } from '../ports/systemd.ts';
import type { ListRow } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { sickInstances } from './sick.ts';
import { unmetOf } from './skipped.ts';

/** Every container that gear has on the host, in the order of their names. Needs no root and no engine: who may ask one is told whose check fails by now. */
export async function listContainers(context: FlowContext): Promise<Result<readonly ListRow[]>> {
  return attempt(async () => {
    const { host } = context;
    const [manifest, systemd] = await Promise.all([readCurrentManifest(host.files), host.systemd()]);
    const instances = manifest?.instances ?? [];
    const [units, runs] = await Promise.all([
      systemd.list(['ctr-*.service', 'ctr-*.timer']),
      observeRuns(systemd, instances),
    ]);
    const byName = new Map(units.map((unit) => [unit.unit, unit]));
    const rows = instances.map((instance) => ({ ...listRow(instance, byName), ...runs.get(instance.name) }));
    const skipped = await unmetOf(
      systemd,
      instances.filter((each, index) => each.hold === null && isDown(rows[index])),
    );
    const sick = await sickInstances(
      context,
      instances.filter((_, index) => rows[index]?.ready === true),
    );
    return rows.map((row) => {
      const unmet = skipped.get(row.name);
      return {
        ...row,
        ...(unmet === undefined ? {} : { unmet }),
        ...(sick.has(row.name) ? isSick : {}),
      };
    });
  });
}

/** What a row says of one whose check succeeded once, and fails by now. */
export const isSick = { ready: false, unhealthy: true } as const;

/** Whether there is more to ask about it: what waits for its timer is down, and well. */
function isDown(row: ListRow | undefined): boolean {
  return row?.schedule === undefined && (row?.active === 'inactive' || row?.active === 'failed');
}

/** One instance as `gear ls` shows it. */
export function listRow(instance: Instance, units: ReadonlyMap<string, ListedUnit>): ListRow {
  const unit = unitsOf(instance).start;
  const state = units.get(unit);
  return {
    name: instance.name,
    app: instance.app,
    unit,
    engine: instance.engine,
    image: instance.spec.image,
    active: state?.activeState ?? 'inactive',
    sub: state?.subState ?? 'dead',
    ready: instance.check === null ? null : units.get(readyUnitName(instance.name))?.activeState === 'active',
    held: instance.hold,
    ports: instance.spec.ports,
  };
}
