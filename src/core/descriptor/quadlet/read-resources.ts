import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { ForeignReader } from '../foreign/foreign-reader.ts';
import { tellUnitSections } from './other-sections.ts';
import type { QuadletSet } from './quadlet-container.ts';
import { type Kind, mainSections, type QuadletUnit, valuesOf } from './quadlet-unit.ts';
import {
  buildKeys,
  imageKeys,
  networkKeys,
  type Resource,
  type ResourceKey,
  volumeKeys,
} from './resource-keys.ts';
import { resourceName } from './resource-name.ts';

const tables: Readonly<Partial<Record<Kind, readonly ResourceKey[]>>> = {
  volume: volumeKeys,
  network: networkKeys,
  image: imageKeys,
  build: buildKeys,
};

/** Reads what the files beside the containers describe; volumes and networks are added to the set. */
export function readResources(reader: ForeignReader, all: QuadletSet, running: readonly QuadletUnit[]): void {
  for (const unit of all.units.values()) {
    const keys = tables[unit.kind];
    if (keys === undefined) continue;
    if (unit.kind !== 'volume' && unit.kind !== 'network') {
      readKeys({ reader, unit, native: {}, at: [] }, keys);
      continue;
    }
    // A template is as many as there are instances that use it.
    const users = unit.file.includes('@.') ? running.filter(({ name }) => name.instance !== '') : [unit];
    for (const [index, user] of users.entries()) declare(reader, all, unit, user, keys, index === 0);
  }
}

function declare(
  reader: ForeignReader,
  all: QuadletSet,
  unit: QuadletUnit,
  user: QuadletUnit,
  keys: readonly ResourceKey[],
  tells: boolean,
): void {
  const name = resourceName(unit, user);
  const [kind, known] =
    unit.kind === 'volume' ? (['volumes', all.volumes] as const) : (['networks', all.networks] as const);
  const native: Record<string, unknown> = { name };
  reader.places.set([kind, name], [unit.file]);
  const before = reader.losses.length;
  readKeys(
    {
      reader,
      unit: { ...unit, name: { ...unit.name, instance: user.name.instance } },
      native,
      at: [kind, name],
    },
    keys,
  );
  if (!tells) reader.losses.length = before;
  known.set(name, native);
}

function readKeys(resource: Resource, keys: readonly ResourceKey[]): void {
  const { reader, unit } = resource;
  const section = mainSections[unit.kind];
  for (const [key] of unit.sections.get(section) ?? []) {
    if (keys.some(({ name }) => name === key)) continue;
    const near = nearest(
      key,
      keys.map(({ name }) => name),
    );
    reader.fail(
      [unit.file, section, key],
      'DESCRIPTOR_KEY',
      `Quadlet has no key ${quote(key)} in [${section}]`,
      near === undefined ? 'podman-systemd.unit(5) lists them' : `did you mean ${near}?`,
      'key',
    );
  }
  for (const key of keys) {
    const [first, ...more] = valuesOf(unit, section, key.name);
    if (first === undefined) continue;
    const before = reader.losses.length;
    key.read(resource, [first, ...more]);
    if (reader.losses.length === before) reader.tell([unit.file, section, key.name], 'kept');
  }
  tellUnitSections(reader, unit, 'left out: gear makes it before the containers that use it');
}
