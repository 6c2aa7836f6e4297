import { err, ok } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { SourceFile } from '../document.ts';
import { plainName } from '../foreign/container-name.ts';
import { foreignApp, type ForeignApp, type ForeignReading } from '../foreign/foreign-app.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { type Dialect, ForeignReader } from '../foreign/foreign-reader.ts';
import { containerKeys } from './container-keys.ts';
import { kubeKeys } from './kube-keys.ts';
import type { QuadletKey } from './key.ts';
import { aliasPod, finishNetworks } from './network-keys.ts';
import { tellPods, tellQuadletSection } from './other-sections.ts';
import { podHolders } from './pod-holders.ts';
import { podKeys } from './pod-keys.ts';
import { nameOfUnit, QuadletContainer, type QuadletSet } from './quadlet-container.ts';
import { lastOf, mainSections, type QuadletUnit, valuesOf } from './quadlet-unit.ts';
import { type Manifests, readKube } from './read-kube.ts';
import { readResources } from './read-resources.ts';
import { readUnits } from './read-units.ts';
import { readInstallSection, readServiceSection } from './service-section.ts';
import { unitNameOf } from './specifiers.ts';
import { finishStorage } from './storage-keys.ts';
import { readTimer } from './timer-file.ts';
import { readUnitSection } from './unit-sections.ts';
import { containersOf, withKube } from './with-kube.ts';

const dialect: Dialect = {
  name: 'Quadlet',
  secret: ['Environment'],
  keyText: ([file, section, key]) =>
    key === undefined ? String(file) : `${String(file)}: [${String(section)}] ${String(key)}`,
};

/** The files of Quadlet's that make up an app. */
export interface QuadletInput {
  readonly files: readonly SourceFile[];
  /** The paths of Quadlet files and drop-ins around them, which they may refer to. */
  readonly around: readonly string[];
  /** The folder that the app is named after, where it is all of it; else the first file names it. */
  readonly folder?: string;
  /** The manifests that .kube files name. */
  readonly manifests?: Manifests;
}

/** Reads files of Quadlet's into the native form. Fails with all mistakes; what is refused is a loss, not a mistake. */
export function readQuadlet(input: QuadletInput, context: ForeignContext): ForeignReading {
  const read = readUnits({ ...input, get: (path) => context.files.get(path) });
  if (!read.ok) return err(...read.failures);
  const { own, units, document } = read.value;
  const reader = new ForeignReader(document, context, dialect);
  const app = nameOfApp(input, own);
  const running = instances(reader, units);
  const all: QuadletSet = {
    units: new Map([...units, ...running.map((unit) => [unit.file, unit] as const)]),
    holders: podHolders(running),
    volumes: new Map(),
    networks: new Map(),
  };
  for (const unit of all.units.values()) {
    checkSections(reader, unit);
    tellQuadletSection(reader, unit, (key, known) => unknownKey(reader, unit, 'Quadlet', key, known));
  }
  const containers = running.map((unit) => readContainer(reader, all, unit, app));
  readResources(reader, all, running);
  tellPods(reader, all, running);
  for (const unit of own.filter(({ kind }) => kind === 'artifact'))
    reader.tell(
      [unit.file],
      'refused',
      'gear does not read .artifact files',
      'fetch the artifact by a job, into a volume',
    );
  const kube = readKubeUnits(reader, all, own, input.manifests ?? new Map());
  noteRepeatedNames(reader, running, kube);
  const made = foreignApp(reader, {
    name: app,
    containers: Object.fromEntries(containers.map(({ container, native }) => [container, native])),
    ...(all.networks.size === 0 ? {} : { networks: Object.fromEntries(all.networks) }),
    ...(all.volumes.size === 0 ? {} : { volumes: Object.fromEntries(all.volumes) }),
  });
  return made.ok ? ok(withKube(made.value, kube)) : made;
}

function readKubeUnits(
  reader: ForeignReader,
  all: QuadletSet,
  own: readonly QuadletUnit[],
  manifests: Manifests,
): readonly ForeignApp[] {
  return own
    .filter(({ kind }) => kind === 'kube')
    .flatMap((unit) => {
      for (const key of unit.sections.get('Kube')?.keys() ?? [])
        if (!kubeKeys.some(({ name }) => name === key))
          unknownKey(
            reader,
            unit,
            'Kube',
            key,
            kubeKeys.map(({ name }) => name),
          );
      return readKube(reader, all, unit, manifests) ?? [];
    });
}

/** A container of a manifest may not be called as one of a file is, or as one of another manifest. */
function noteRepeatedNames(
  reader: ForeignReader,
  running: readonly QuadletUnit[],
  kube: readonly ForeignApp[],
): void {
  const taken = new Set(running.map(nameOfUnit));
  for (const app of kube)
    for (const name of Object.keys(containersOf(app))) {
      if (taken.has(name))
        reader.failures.push({
          code: 'NAME_INVALID',
          message: `two containers of the app are called ${name}`,
          next: 'give one of them another name',
          place: app.document.place(['containers', name], 'key'),
        });
      taken.add(name);
    }
}

function nameOfApp({ folder, files }: QuadletInput, own: readonly QuadletUnit[]): string {
  const named = folder ?? own.find(({ kind }) => kind === 'container')?.name.prefix ?? files[0]?.path ?? '';
  return plainName(named.slice(named.lastIndexOf('/') + 1).replace(/\.[a-z]+$/, '')) || 'app';
}

/** The containers that run: a template runs as its default instance, or as the links to it that name one. */
function instances(reader: ForeignReader, units: ReadonlyMap<string, QuadletUnit>): readonly QuadletUnit[] {
  const containers = [...units.values()].filter(({ kind }) => kind === 'container');
  const isTemplate = ({ file }: QuadletUnit) => file.includes('@.');
  return containers.flatMap((unit) => {
    if (!isTemplate(unit)) return [unit];
    const instance = lastOf(unit, 'Install', 'DefaultInstance')?.text;
    const file = unit.file.replace('@.', `@${instance ?? ''}.`);
    if (instance !== undefined) return units.has(file) ? [] : [{ ...unit, name: unitNameOf(file) }];
    const own = containers.filter((other) => other !== unit && other.name.prefix === unit.name.prefix);
    if (own.length > 0)
      reader.tell([unit.file], 'kept', `runs as ${own.map(({ file: each }) => each).join(', ')}`);
    else reader.tell([unit.file], 'approximated', 'left out: a template runs nothing without an instance');
    return [];
  });
}

/** Sections that nobody reads are mistakes, but for X-… (systemd.unit(5)). */
function checkSections(reader: ForeignReader, { file, kind, sections }: QuadletUnit): void {
  const known = [mainSections[kind], 'Unit', 'Service', 'Install', 'Quadlet'];
  for (const section of sections.keys()) {
    if (known.includes(section) || section.startsWith('X-')) continue;
    const near = nearest(section, known);
    reader.fail(
      [file, section],
      'DESCRIPTOR_KEY',
      `a file .${kind} has no section ${quote(section)}`,
      near === undefined ? `known are ${known.join(', ')}` : `did you mean [${near}]?`,
      'key',
    );
  }
}

function readContainer(
  reader: ForeignReader,
  all: QuadletSet,
  unit: QuadletUnit,
  app: string,
): QuadletContainer {
  const container = new QuadletContainer(reader, all, unit);
  readKeys(container, unit, 'Container', containerKeys);
  const pod = lastOf(unit, 'Container', 'Pod')?.text;
  const podUnit = pod === undefined ? undefined : all.units.get(pod);
  if (podUnit !== undefined) {
    const holds = all.holders.get(podUnit.file) === container.container;
    readKeys(
      container,
      podUnit,
      'Pod',
      podKeys.filter(({ name }) => holds || name === 'Volume'),
    );
    if (holds) aliasPod(container, podUnit);
  }
  if (container.native['image'] === undefined && lastOf(unit, 'Container', 'Rootfs') === undefined)
    reader.fail([unit.file], 'VALUE_INVALID', `${unit.file} has no Image=`, 'add Image= to [Container]');
  // A refused Rootfs= has been told; what would follow from the missing image says nothing more.
  container.native['image'] ??= 'scratch';
  finishNetworks(container);
  finishStorage(container);
  readUnitSection(container, app);
  readServiceSection(container);
  readTimer(container);
  readInstallSection(container);
  return container;
}

/** Reads each key of a section by its table, and tells of it. */
function readKeys(
  container: QuadletContainer,
  unit: QuadletUnit,
  section: string,
  keys: readonly QuadletKey[],
): void {
  const known = section === 'Pod' ? podKeys : containerKeys;
  for (const key of unit.sections.get(section)?.keys() ?? [])
    if (!known.some(({ name }) => name === key))
      unknownKey(
        container.reader,
        unit,
        section,
        key,
        known.map(({ name }) => name),
      );
  for (const key of keys) {
    const [first, ...more] = valuesOf(unit, section, key.name);
    if (first === undefined) continue;
    container.begin();
    key.read(container, [first, ...more]);
    if (!container.told) container.reader.tell([unit.file, section, key.name], 'kept');
  }
}

/** Notes a key that a section does not have. */
function unknownKey(
  reader: ForeignReader,
  { file }: QuadletUnit,
  section: string,
  key: string,
  known: readonly string[],
): void {
  if (reader.isFull) return;
  const near = nearest(key, known);
  reader.fail(
    [file, section, key],
    'DESCRIPTOR_KEY',
    `Quadlet has no key ${quote(key)} in [${section}]`,
    near === undefined ? 'podman-systemd.unit(5) lists them' : `did you mean ${near}?`,
    'key',
  );
}
