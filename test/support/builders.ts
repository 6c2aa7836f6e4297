import type { ContainerSpec } from '../../src/core/model/container.ts';
import type { Instance } from '../../src/core/model/instance.ts';
import type { Manifest } from '../../src/core/model/manifest.ts';
import type { AppNetwork } from '../../src/core/model/network.ts';
import { bootLinkPaths, unitLinks } from '../../src/core/plan/links.ts';
import type { Observed, ObservedUnit } from '../../src/core/plan/observed.ts';
import { type Plan, planChanges } from '../../src/core/plan/plan.ts';
import { keepTag } from '../../src/core/model/keep-tag.ts';
import { noWishes, type Wishes } from '../../src/core/plan/wishes.ts';
import { containerName } from '../../src/core/model/container-name.ts';
import { readyUnitName } from '../../src/core/model/unit-names.ts';
import { unitsOf } from '../../src/core/render/units-of.ts';
import type { RenderedUnit } from '../../src/core/render/unit.ts';

/** A container as stated, with what the test does not care about filled in. */
function aSpec(given: Partial<ContainerSpec> = {}): ContainerSpec {
  return {
    image: 'web:1',
    ports: [],
    mounts: [],
    restart: 'always',
    stopTimeoutMs: 10_000,
    after: [],
    requires: [],
    ...given,
  };
}

/** An instance of an app of its own name. */
export function anInstance(name: string, given: Partial<Instance> = {}): Instance {
  return {
    name,
    app: name,
    container: name,
    engine: 'docker',
    spec: aSpec(),
    image: { reference: 'web:1', id: `sha256:${'1'.repeat(64)}`, digest: null },
    environmentKeys: [],
    environmentFile: null,
    ownedVolumes: [],
    check: null,
    hold: null,
    hash: `${name}-1`,
    ...given,
  };
}

/** Units as rendering gives them: the text's hash follows the instance's form. */
function rendered(instances: readonly Instance[]): ReadonlyMap<string, readonly RenderedUnit[]> {
  return new Map(
    instances.map((each) => {
      return [
        each.name,
        unitsOf(each).all.map((name) => ({ name, text: `${name} ${each.hash}`, hash: each.hash })),
      ];
    }),
  );
}

/** A manifest that holds the instances. */
function aManifest(generation: number, instances: readonly Instance[]): Manifest {
  const units = [...rendered(instances).values()].flat();
  return {
    schema: 1,
    generation,
    gear: '0.1.0',
    createdMs: 0,
    command: 'install',
    by: 'root',
    instances,
    units: Object.fromEntries(units.map((unit) => [unit.name, unit.hash])),
  };
}

/** A unit that systemd runs, or another state of it. */
export function aUnit(given: Partial<ObservedUnit> = {}): ObservedUnit {
  return {
    active: 'active',
    sub: 'running',
    load: 'loaded',
    endedCleanly: false,
    fragmentPath: '',
    ...given,
  };
}

/** A host on which the instances are declared and everything is as declared. */
export function observedWith(instances: readonly Instance[], given: Partial<Observed> = {}): Observed {
  const running = instances.filter((each) => each.hold === null);
  const units = [...rendered(instances).values()].flat();
  const links = [
    ...units.map((unit) => unitLinks(unit.name)),
    ...running.flatMap((each) => bootLinkPaths(each)),
  ];
  return {
    manifest: instances.length === 0 ? null : aManifest(1, instances),
    generations: instances.length === 0 ? [] : [1],
    units: new Map([
      ...running.flatMap((each) => [
        [unitsOf(each).start, aUnit()] as const,
        ...(each.check === null ? [] : [[readyUnitName(each.name), aUnit()] as const]),
      ]),
    ]),
    links: new Map(links.map(({ path, target }) => [path, target])),
    containers: instances.map((each) => ({
      engine: each.engine,
      name: containerName(each),
      running: each.hold === null,
      instance: each.name,
      hash: each.hash,
    })),
    files: new Set(instances.flatMap((each) => each.environmentFile ?? [])),
    data: new Set(instances.flatMap((each) => (each.files ?? []).map(({ hash }) => hash))),
    strangers: new Map(),
    secrets: new Set(),
    storedSecrets: new Set(),
    reloads: new Set(),
    networks: [],
    tags: new Map([
      ['docker', instances.filter((each) => each.engine === 'docker').map((each) => keepTag(each.image.id))],
      ['podman', instances.filter((each) => each.engine === 'podman').map((each) => keepTag(each.image.id))],
    ]),
    loaded: true,
    ...given,
  };
}

/** The plan from what is observed to what is desired; all desired instances are named by the command unless told. */
export function planFor(
  observed: Observed,
  desired: readonly Instance[],
  wishes: Partial<Wishes> = {},
  networks: readonly AppNetwork[] = [],
): Plan {
  return planChanges({
    observed,
    desired,
    networks,
    rendered: rendered(desired),
    wishes: { ...noWishes, touched: new Set(desired.map((each) => each.name)), ...wishes },
    command: 'install',
    by: 'root',
    nowMs: 0,
    version: '0.1.0',
    rendering: 'r1',
  });
}
