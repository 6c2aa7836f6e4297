import type { Result } from '../../../errors/failure.ts';
import type { Document } from '../document.ts';
import type { ForeignApp } from '../foreign/foreign-app.ts';
import { readKubernetes } from '../kubernetes/read-kubernetes.ts';
import { resolvePath } from '../native/resolve-path.ts';
import { kubeKeys } from './kube-keys.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { containersOf } from './with-kube.ts';
import { tellUnitSections } from './other-sections.ts';
import { QuadletContainer, type QuadletSet } from './quadlet-container.ts';
import { type QuadletUnit, type Value, valuesOf } from './quadlet-unit.ts';

/** What the files of manifests hold, by their absolute paths; what is not there is not among them. */
export type Manifests = ReadonlyMap<string, Result<readonly Document[]>>;

/** The paths of the manifests that a unit names, each with the value that names it. */
export function manifestPaths(
  unit: QuadletUnit,
  directory: string,
): readonly (readonly [path: string, value: Value])[] {
  return ['Yaml', 'ConfigMap'].flatMap((key) =>
    valuesOf(unit, 'Kube', key).map((value) => [resolvePath(directory, value.text), value] as const),
  );
}

/**
 * Reads a .kube file: the manifests that it names, as those of Kubernetes are read, and what it says of their network. The
 * containers are part of the app; places of what is in a manifest lead there. null where something of it is wrong.
 */
export function readKube(
  reader: ForeignReader,
  all: QuadletSet,
  unit: QuadletUnit,
  manifests: Manifests,
): ForeignApp | null {
  const paths = manifestPaths(unit, reader.context.directory);
  if (valuesOf(unit, 'Kube', 'Yaml').length === 0)
    reader.fail([unit.file], 'VALUE_INVALID', `${unit.file} has no Yaml=`, 'add Yaml= to [Kube]');
  const before = reader.failures.length;
  const documents = paths.flatMap(([path, value]) => {
    const found = manifests.get(path);
    if (found?.ok === true) return found.value;
    if (found === undefined)
      reader.fail(value.path, 'DESCRIPTOR_UNREADABLE', `${path} cannot be read`, 'correct the path');
    else reader.failures.push(...found.failures);
    return [];
  });
  if (reader.failures.length > before || documents.length === 0) return null;
  const read = readKubernetes(documents, unit.name.prefix, reader.context);
  if (!read.ok) {
    reader.failures.push(...read.failures);
    return null;
  }
  const [holder] = Object.entries(containersOf(read.value));
  if (holder !== undefined) readHolder(reader, all, unit, holder[0], holder[1] as Fields);
  tellUnitSections(
    reader,
    unit,
    'left out: the manifest says how its containers run, and each has a unit of its own',
  );
  return read.value;
}

/** Adds what the file says of the network to the container that has it, in place. */
function readHolder(
  reader: ForeignReader,
  all: QuadletSet,
  unit: QuadletUnit,
  name: string,
  native: Fields,
): void {
  const draft = new QuadletContainer(reader, all, unit, name, native);
  const own = (draft.native['networks'] ?? {}) as Readonly<Record<string, Fields>>;
  const [network] = valuesOf(unit, 'Kube', 'Network');
  // The pod is on these instead of the app's, under the same names.
  if (network !== undefined) delete draft.native['networks'];
  for (const key of kubeKeys) {
    const [first, ...more] = valuesOf(unit, 'Kube', key.name);
    if (first === undefined) continue;
    draft.begin();
    key.read(draft, [first, ...more]);
    if (!draft.told) reader.tell([unit.file, 'Kube', key.name], 'kept');
  }
  if (
    draft.native['network_mode'] === 'host' &&
    draft.native['ports'] !== undefined &&
    network !== undefined
  ) {
    delete draft.native['ports'];
    const how = 'ports of the manifest are left out: they are those of the host itself';
    reader.tellInstead([unit.file, 'Kube', 'Network'], 'approximated', how);
  }
  const aliases = Object.values(own).flatMap((use) => (use['aliases'] ?? []) as readonly string[]);
  const joined = (draft.native['networks'] ?? {}) as Readonly<Record<string, Fields>>;
  if (network === undefined || aliases.length === 0) return;
  for (const [key, use] of Object.entries(joined))
    draft.put(
      'networks',
      key,
      { ...use, aliases: [...((use['aliases'] ?? []) as string[]), ...aliases] },
      network.path,
    );
}
