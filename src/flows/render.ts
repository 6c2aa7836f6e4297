import { FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import type { AppNetwork } from '../core/model/network.ts';
import { canonicalJson } from '../core/model/hash.ts';
import { isSame } from '../core/model/same.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { renderInstance } from '../core/render/render.ts';
import { shippedTemplates, type Templates } from '../core/render/template.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type { DeclaredUnit, RenderTarget } from '../core/render/unit.ts';

/** The present generation, when it was rendered with the same templates for the same host. */
export interface Present {
  readonly manifest: Manifest;
  /** File names of its units. */
  readonly files: ReadonlySet<string>;
}

interface RenderOptions {
  readonly present?: Present | null;
  /** What stands for the units of an engine without a target, which did not answer. */
  readonly silent?: Present | null;
  readonly templates?: Templates;
}

/**
 * The units of every instance, by its name. Those of instances that did not change since the present generation, and
 * whose dependencies did not, are taken as they are. FailureError when a value cannot stand in a unit.
 */
export function renderAll(
  instances: readonly Instance[],
  targets: ReadonlyMap<EngineKind, RenderTarget>,
  networks: readonly AppNetwork[],
  { present = null, silent = null, templates = shippedTemplates }: RenderOptions = {},
): ReadonlyMap<string, readonly DeclaredUnit[]> {
  const dependencies = new Map(
    instances.map((each) => [
      each.name,
      { hasCheck: each.check !== null, held: each.hold !== null, job: each.spec.job === true },
    ]),
  );
  const before = new Map(present?.manifest.instances.map((each) => [each.name, each]));
  const unchanged = new Set(
    instances.filter((each) => isSame(before.get(each.name), each)).map((each) => each.name),
  );
  // Its own hold is in no text of its units, only in those of what wants it.
  const kept = (each: Instance): boolean => {
    const earlier = before.get(each.name);
    return earlier !== undefined && isSame(earlier, { ...each, hold: earlier.hold });
  };
  const owned = new Map(networks.map((each) => [`${each.engine} ${each.name}`, each]));
  const changed = changedNetworks(present?.manifest.networks ?? [], networks);
  return new Map(
    instances.map((instance) => {
      const target = targets.get(instance.engine);
      if (target === undefined) return [instance.name, untouched(instance, silent)];
      const { after, requires, before: earlier, wants, partOf, conflicts } = instance.spec;
      const related = [after, requires, earlier, wants, partOf, conflicts]
        .flatMap((names) => names ?? [])
        .filter((name) => dependencies.has(name));
      const joined = (instance.spec.networks ?? []).flatMap(
        ({ name }) => owned.get(`${instance.engine} ${name}`) ?? [],
      );
      const same =
        (unchanged.has(instance.name) || kept(instance)) &&
        related.every((name) => unchanged.has(name)) &&
        !joined.some((network) => changed.has(network));
      const own = present !== null && same ? presentUnits(instance, present) : null;
      if (own !== null) return [instance.name, own];
      const rendered = renderInstance(instance, target, {
        dependencies,
        networks: new Map(joined.map((network) => [network.name, network])),
        templates,
      });
      if (!rendered.ok) throw new FailureError(...rendered.failures);
      return [instance.name, rendered.value];
    }),
  );
}

function changedNetworks(
  before: readonly AppNetwork[],
  after: readonly AppNetwork[],
): ReadonlySet<AppNetwork> {
  const known = new Set(before.map((network) => canonicalJson(network)));
  return new Set(after.filter((network) => !known.has(canonicalJson(network))));
}

/** FailureError ENGINE_DOWN where they would have to be rendered. */
function untouched(instance: Instance, silent: Present | null): readonly DeclaredUnit[] {
  const units = silent === null ? null : presentUnits(instance, silent);
  if (units !== null) return units;
  const { engine, name } = instance;
  throw new FailureError({
    code: 'ENGINE_DOWN',
    message: `${engine} does not answer, and the units of ${name} have to be written anew`,
    next: engine === 'docker' ? 'systemctl start docker' : 'see whether "podman info" answers',
    subject: name,
  });
}

/** The units of an instance as the present generation has them; null when a file of them is missing. */
function presentUnits(instance: Instance, { manifest, files }: Present): readonly DeclaredUnit[] | null {
  const names = unitsOf(instance).all;
  const units = names.flatMap((name): readonly DeclaredUnit[] => {
    const hash = manifest.units[name];
    return hash === undefined || !files.has(name) ? [] : [{ name, text: null, hash }];
  });
  return units.length === names.length ? units : null;
}
