import type { Failure } from '../../errors/failure.ts';
import type { Instance } from '../model/instance.ts';
import { isSystemdUnit } from '../model/systemd-unit.ts';

/**
 * Dependencies on containers that do not exist, or would be gone from those that were there `before`, and circles among
 * those that do. Empty when all is well.
 */
export function checkDependencies(
  desired: readonly Instance[],
  before: readonly Instance[] = [],
): readonly Failure[] {
  const names = new Set(desired.map((instance) => instance.name));
  const leaving = new Set(before.map(({ name }) => name).filter((name) => !names.has(name)));
  const unknown = desired.flatMap((instance) =>
    relatedTo(instance)
      .filter((name) => !names.has(name))
      .map((name): Failure =>
        leaving.has(name)
          ? stillNeeded(instance.name, name)
          : {
              code: 'DEPENDENCY_UNKNOWN',
              message: `${instance.name} depends on ${name}, which is not a container of gear on this host`,
              next: `gear ls shows what there is; a systemd unit is named with its suffix, as in ${name}.service`,
              subject: instance.name,
            },
      ),
  );
  if (unknown.length > 0) return unknown;
  const { circle } = walk(desired);
  if (circle === null) return [];
  return [
    {
      code: 'DEPENDENCY_UNKNOWN',
      message: `containers depend on each other in a circle: ${circle.join(' → ')}`,
      next: 'leave out one after or requires of them',
      subject: circle[0] ?? '',
    },
  ];
}

function stillNeeded(user: string, name: string): Failure {
  return {
    code: 'DEPENDENCY_UNKNOWN',
    message: `${name} cannot go: ${user} depends on it`,
    next: `both go with: gear rm ${user} ${name}; or take the dependency out of ${user} first`,
    subject: user,
  };
}

/**
 * The instances with each after those that it waits for, else by name: the order in which their jobs are queued. `After=`
 * orders two jobs only when that of the other is queued already (systemd.unit(5)).
 */
export function inOrderOfDependencies(instances: readonly Instance[]): readonly Instance[] {
  return walk(instances.toSorted((a, b) => (a.name < b.name ? -1 : 1))).order;
}

function relatedTo({ spec }: Instance): readonly string[] {
  const related = [...spec.after, ...spec.requires, ...(spec.before ?? []), ...(spec.wants ?? [])];
  return related.filter((name) => !isSystemdUnit(name));
}

/** What each instance waits for: its own words, and the `before` of others. */
function waits(instances: readonly Instance[]): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>(
    instances.map(({ name, spec, joins }) => [
      name,
      [...spec.after, ...spec.requires, ...(joins === undefined ? [] : [joins.instance])].filter(
        (each) => !isSystemdUnit(each),
      ),
    ]),
  );
  for (const { name, spec } of instances)
    for (const later of spec.before ?? []) result.get(later)?.push(name);
  return result;
}

interface Step {
  readonly name: string;
  readonly waitsFor: readonly string[];
  next: number;
}

/** Depth first, without recursion: a chain may be as long as there are instances. */
function walk(instances: readonly Instance[]): {
  readonly order: readonly Instance[];
  readonly circle: readonly string[] | null;
} {
  const byName = new Map(instances.map((instance) => [instance.name, instance]));
  const waiting = waits(instances);
  const state = new Map<string, 'open' | 'done'>();
  const order: Instance[] = [];
  let circle: readonly string[] | null = null;
  for (const { name: root } of instances) {
    const trail: Step[] = state.has(root) ? [] : [{ name: root, waitsFor: waiting.get(root) ?? [], next: 0 }];
    for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
      state.set(step.name, 'open');
      const name = step.waitsFor[step.next++];
      if (name === undefined) {
        state.set(step.name, 'done');
        const instance = byName.get(step.name);
        if (instance !== undefined) order.push(instance);
        trail.pop();
      } else if (state.get(name) === 'open') {
        const names = trail.map((each) => each.name);
        circle ??= [...names.slice(names.indexOf(name)), name];
      } else if (!state.has(name) && byName.has(name)) {
        trail.push({ name, waitsFor: waiting.get(name) ?? [], next: 0 });
      }
    }
  }
  return { order, circle };
}
