import { nameOfUnit } from './quadlet-container.ts';
import { lastOf, type QuadletUnit, valuesOf } from './quadlet-unit.ts';

/**
 * Of each pod, by its file, the container that holds its network: the first by name that starts after no other of the
 * pod, since all others start after it. Where each waits for one, which is a mistake, the first of all.
 */
export function podHolders(running: readonly QuadletUnit[]): ReadonlyMap<string, string> {
  const pods = new Map<string, QuadletUnit[]>();
  for (const unit of running.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const pod = lastOf(unit, 'Container', 'Pod')?.text;
    if (pod !== undefined) pods.set(pod, [...(pods.get(pod) ?? []), unit]);
  }
  return new Map(
    [...pods].flatMap(([pod, members]) => {
      const holder = members.find((unit) => !waits(unit, members)) ?? members[0];
      return holder === undefined ? [] : [[pod, nameOfUnit(holder)] as const];
    }),
  );
}

/** Whether a container starts after another one of its pod. */
function waits(unit: QuadletUnit, members: readonly QuadletUnit[]): boolean {
  return members.some(
    (other) =>
      other !== unit &&
      (names(unit, ['After', 'Requires', 'Requisite', 'BindsTo'], other) || names(other, ['Before'], unit)),
  );
}

/** Whether one of these keys of a unit names the other, by its file or its service. */
function names(unit: QuadletUnit, keys: readonly string[], { file, name }: QuadletUnit): boolean {
  const called = [file, `${name.whole}.service`];
  return keys.some((key) =>
    valuesOf(unit, 'Unit', key).some(({ text }) => text.split(/\s+/).some((word) => called.includes(word))),
  );
}
