import { FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import { renderInstance } from '../core/render/render.ts';
import type { DeclaredUnit, RenderTarget } from '../core/render/unit.ts';

/** The present generation, when it was rendered with the same templates for the same host. */
export interface Present {
  readonly manifest: Manifest;
  /** File names of its units. */
  readonly files: ReadonlySet<string>;
}

/**
 * The units of every instance, by its name. Those of instances that did not change since the present generation, and
 * whose dependencies did not, are taken as they are. FailureError when a value cannot stand in a unit.
 */
export function renderAll(
  instances: readonly Instance[],
  targets: ReadonlyMap<EngineKind, RenderTarget>,
  present: Present | null = null,
): ReadonlyMap<string, readonly DeclaredUnit[]> {
  const dependencies = new Map(
    instances.map((each) => [each.name, { hasCheck: each.check !== null, held: each.hold !== null }]),
  );
  const before = new Set(present?.manifest.instances);
  const unchanged = new Set(instances.filter((each) => before.has(each)).map((each) => each.name));
  return new Map(
    instances.map((instance) => {
      const target = targets.get(instance.engine);
      if (target === undefined) throw new Error(`no render target for ${instance.engine}`);
      const related = [...instance.spec.after, ...instance.spec.requires].filter((name) =>
        dependencies.has(name),
      );
      const same = [instance.name, ...related].every((name) => unchanged.has(name));
      const kept = present !== null && same ? presentUnits(instance, present) : null;
      if (kept !== null) return [instance.name, kept];
      const rendered = renderInstance(instance, target, { dependencies });
      if (!rendered.ok) throw new FailureError(...rendered.failures);
      return [instance.name, rendered.value];
    }),
  );
}

/** The units of an instance as the present generation has them; null when a file of them is missing. */
function presentUnits(instance: Instance, { manifest, files }: Present): readonly DeclaredUnit[] | null {
  const names = [unitName(instance.name), ...(instance.check === null ? [] : [readyUnitName(instance.name)])];
  const units = names.flatMap((name): readonly DeclaredUnit[] => {
    const hash = manifest.units[name];
    return hash === undefined || !files.has(name) ? [] : [{ name, text: null, hash }];
  });
  return units.length === names.length ? units : null;
}
