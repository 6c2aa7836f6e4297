import type { Failure } from '../../errors/failure.ts';
import type { Instance } from '../model/instance.ts';
import { isSystemdUnit } from '../model/systemd-unit.ts';

/** Dependencies on containers that do not exist, and circles among those that do. Empty when all is well. */
export function checkDependencies(desired: readonly Instance[]): readonly Failure[] {
  const byName = new Map(desired.map((instance) => [instance.name, instance]));
  const unknown = desired.flatMap((instance) =>
    dependenciesOf(instance)
      .filter((name) => !byName.has(name))
      .map((name): Failure => ({
        code: 'DEPENDENCY_UNKNOWN',
        message: `${instance.name} depends on ${name}, which is not a container of gear on this host`,
        next: `gear ls shows what there is; a systemd unit is named with its suffix, as in ${name}.service`,
        subject: instance.name,
      })),
  );
  if (unknown.length > 0) return unknown;
  const circle = findCircle(byName);
  if (circle === null) return [];
  return [
    {
      code: 'DEPENDENCY_UNKNOWN',
      message: `containers depend on each other in a circle: ${circle.join(' → ')}`,
      next: 'leave out one --after or --requires of them',
      subject: circle[0] ?? '',
    },
  ];
}

function dependenciesOf(instance: Instance): readonly string[] {
  return [...instance.spec.after, ...instance.spec.requires].filter((name) => !isSystemdUnit(name));
}

function findCircle(byName: ReadonlyMap<string, Instance>): readonly string[] | null {
  const finished = new Set<string>();
  const visit = (name: string, trail: readonly string[]): readonly string[] | null => {
    const seen = trail.indexOf(name);
    if (seen >= 0) return [...trail.slice(seen), name];
    const instance = byName.get(name);
    if (finished.has(name) || instance === undefined) return null;
    for (const next of dependenciesOf(instance)) {
      const circle = visit(next, [...trail, name]);
      if (circle !== null) return circle;
    }
    finished.add(name);
    return null;
  };
  for (const name of byName.keys()) {
    const circle = visit(name, []);
    if (circle !== null) return circle;
  }
  return null;
}
