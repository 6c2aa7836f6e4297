import type { Instance } from '../model/instance.ts';
import { isSystemdUnit } from '../model/systemd-unit.ts';
import { readyUnitName, unitName } from '../model/unit-names.ts';
import { err, ok, type Failure, type Result } from '../../errors/failure.ts';

/** What rendering needs to know of another instance on the host. */
interface Dependency {
  readonly hasCheck: boolean;
  /** Kept stopped by a person: nothing may pull it in. */
  readonly held?: boolean;
  /** Runs to its end, and what comes after it waits for its success. */
  readonly job?: boolean;
}

/** Instances on the host by name. */
export type Dependencies = ReadonlyMap<string, Dependency>;

/** The unit names that an instance's relations come to. */
export interface Relations {
  readonly wants: readonly string[];
  readonly requires: readonly string[];
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly partOf: readonly string[];
  readonly conflicts: readonly string[];
  /** Units that the gate `require.sh` asks for. */
  readonly gated: readonly string[];
}

/** systemd.unit(5): the characters of a unit's name, 255 of them at most. */
const unitCharacters = /^[A-Za-z0-9:_.\\@-]{1,255}$/;

/**
 * Resolves an instance's relations. `after` is order, and for a job a gate: its failure must hold what comes after it.
 * `requires` of a container is Wants=, After= and a gate that is asked on each start: Requires= would stop the
 * dependant with its dependency and leave it stopped. `requires` of another systemd unit is Requires= and After=. The
 * other relations are systemd's own. DEPENDENCY_UNKNOWN for a name that is neither.
 */
export function resolveRelations(instance: Instance, dependencies: Dependencies): Result<Relations> {
  const { after, requires, before = [], wants = [], partOf = [], conflicts = [] } = instance.spec;
  const named = [...after, ...requires, ...before, ...wants, ...partOf, ...conflicts];
  const unknown = named.filter((name) => !isKnown(name, dependencies));
  if (unknown.length > 0)
    return err(...unique(unknown).map((name) => unknownDependency(instance.name, name)));

  const ready = (name: string) => readyUnit(name, dependencies);
  const containers = requires.filter((name) => !isSystemdUnit(name));
  const wanted = [...containers, ...wants].filter((name) => dependencies.get(name)?.held !== true);
  // What shares a network needs the other to run, not to be ready: each may wait for the other's port.
  const joined = instance.joins === undefined ? [] : [unitName(instance.joins.instance)];
  const joinedWanted = dependencies.get(instance.joins?.instance ?? '')?.held === true ? [] : joined;
  const jobs = after.filter((name) => dependencies.get(name)?.job === true);
  return ok({
    wants: unique([
      ...(instance.check === null ? [] : [readyUnitName(instance.name)]),
      ...wanted.map(ready),
      ...joinedWanted,
    ]),
    requires: unique(requires.filter(isSystemdUnit)),
    after: unique([...[...after, ...requires].map(ready), ...joined]),
    before: unique(before.map(runningUnit)),
    partOf: unique([...partOf.map(runningUnit), ...joined]),
    conflicts: unique(conflicts.map(runningUnit)),
    gated: unique([...[...containers, ...jobs].map(ready), ...joined]),
  });
}

function isKnown(name: string, dependencies: Dependencies): boolean {
  return isSystemdUnit(name) ? unitCharacters.test(name) : dependencies.has(name);
}

/** The unit that is active once the container is ready. */
function readyUnit(name: string, dependencies: Dependencies): string {
  return dependencies.get(name)?.hasCheck === true ? readyUnitName(name) : runningUnit(name);
}

function runningUnit(name: string): string {
  return isSystemdUnit(name) ? name : unitName(name);
}

function unknownDependency(instance: string, name: string): Failure {
  return {
    code: 'DEPENDENCY_UNKNOWN',
    message: `${instance} names ${JSON.stringify(name)}, which is neither a container of gear nor a systemd unit`,
    next: 'gear ls tells the names; a systemd unit is written with its suffix, such as postgresql.service',
    subject: instance,
  };
}

function unique(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...new Set(names)];
}
