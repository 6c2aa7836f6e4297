import { containerName } from '../core/model/container-name.ts';
import { isOneShot } from '../core/model/one-shot.ts';
import { containersOf } from '../core/plan/known.ts';
import type { Observed } from '../core/plan/observed.ts';

/** Containers that run without one of their networks: only a start joins it again. */
export function cutOff(observed: Observed, touched: ReadonlySet<string>): ReadonlySet<string> {
  const present = new Set(observed.networks.map(({ engine, name }) => `${engine} ${name}`));
  const gone = new Set(
    (observed.manifest?.networks ?? [])
      .map(({ engine, name }) => `${engine} ${name}`)
      .filter((network) => !present.has(network)),
  );
  const instances = (observed.manifest?.instances ?? []).filter(
    ({ name, engine, spec, hold }) =>
      hold === null &&
      touched.has(name) &&
      !isOneShot(spec) &&
      (spec.networks ?? []).some((network) => gone.has(`${engine} ${network.name}`)),
  );
  return new Set(instances.map(({ name }) => name));
}

/** Containers that run under a name which is not theirs, with that name: a start makes them with their own again. */
export function renamed(observed: Observed, touched: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const instance of observed.manifest?.instances ?? []) {
    const { name, hash, hold, spec } = instance;
    if (hold !== null || !touched.has(name) || isOneShot(spec)) continue;
    const running = containersOf(observed, name).filter((each) => each.running && each.hash === hash);
    const [first] = running;
    if (first !== undefined && !running.some((each) => each.name === containerName(instance)))
      found.set(name, first.name);
  }
  return found;
}
