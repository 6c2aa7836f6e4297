import type { EngineKind } from '../model/container.ts';
import { hashOf } from '../model/hash.ts';
import { shippedWriters } from './shipped-writers.ts';
import { gateTexts } from './shipped.ts';
import type { RenderTarget } from './unit.ts';

/**
 * Names everything beside the instances that units are rendered from: gear's version, the templates, the host's systemd
 * and engines, and the hashes of a host's own templates. Under an equal key an instance that did not change renders to the text that it has.
 */
export function renderingKey(
  targets: ReadonlyMap<EngineKind, RenderTarget>,
  version: string,
  custom: Readonly<Record<string, string>> = {},
): string {
  const templates = Object.values(shippedWriters).map(String);
  const sorted = [...targets].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hashOf({
    version,
    templates,
    gates: gateTexts,
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
    targets: sorted.map(([kind, target]) => [kind, { ...target }]),
  });
}
