import type { Instance } from '../model/instance.ts';
import { isSystemdUnit } from '../model/systemd-unit.ts';
import { readyUnitName, unitName } from '../model/unit-names.ts';
import { err, ok, type Failure, type Result } from '../../errors/failure.ts';

/** What rendering needs to know of another instance on the host. */
interface Dependency {
  readonly hasCheck: boolean;
  /** Kept stopped by a person: nothing may pull it in. */
  readonly held?: boolean;
}

/** Instances on the host by name. */
export type Dependencies = ReadonlyMap<string, Dependency>;

/** The unit names that an instance's `after` and `requires` come to. */
export interface Relations {
  readonly wants: readonly string[];
  readonly requires: readonly string[];
  readonly after: readonly string[];
  /** Units that the gate `require.sh` asks for. */
  readonly gated: readonly string[];
}

/** systemd.unit(5): the characters of a unit's name, 255 of them at most. */
const unitCharacters = /^[A-Za-z0-9:_.\\@-]{1,255}$/;

/**
 * Resolves an instance's relations. `after` is order and nothing else. `requires` of a container is Wants=, After= and
 * a gate that is asked on each start: Requires= would stop the dependant with its dependency and leave it stopped.
 * `requires` of another systemd unit is Requires= and After=. DEPENDENCY_UNKNOWN for a name that is neither.
 */
export function resolveRelations(instance: Instance, dependencies: Dependencies): Result<Relations> {
  const { after, requires } = instance.spec;
  const unknown = [...after, ...requires].filter((name) => !isKnown(name, dependencies));
  if (unknown.length > 0)
    return err(...unique(unknown).map((name) => unknownDependency(instance.name, name)));

  const containers = requires.filter((name) => !isSystemdUnit(name));
  const gated = containers.map((name) => resolve(name, dependencies));
  return ok({
    wants: unique([
      ...(instance.check === null ? [] : [readyUnitName(instance.name)]),
      ...containers
        .filter((name) => dependencies.get(name)?.held !== true)
        .map((name) => resolve(name, dependencies)),
    ]),
    requires: unique(requires.filter(isSystemdUnit)),
    after: unique([...after, ...requires].map((name) => resolve(name, dependencies))),
    gated: unique(gated),
  });
}

function isKnown(name: string, dependencies: Dependencies): boolean {
  return isSystemdUnit(name) ? unitCharacters.test(name) : dependencies.has(name);
}

function resolve(name: string, dependencies: Dependencies): string {
  if (isSystemdUnit(name)) return name;
  return dependencies.get(name)?.hasCheck === true ? readyUnitName(name) : unitName(name);
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
  return [...new Set(names)];
}
