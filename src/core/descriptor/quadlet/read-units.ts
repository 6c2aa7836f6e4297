import { err, type Failure, ok, type Place, type Result } from '../../../errors/failure.ts';
import type { Document, Path, SourceFile } from '../document.ts';
import { decode } from '../text/decode.ts';
import { kindOf, type QuadletUnit, quadletUnit } from './quadlet-unit.ts';
import { unitNameOf } from './specifiers.ts';
import { timerOf } from './timer-file.ts';
import { type Assignment, parseUnitFile } from './unit-file.ts';

/** The files of Quadlet's that are read together, with their drop-ins. */
export interface QuadletFiles {
  /** The descriptor's own. */
  readonly files: readonly SourceFile[];
  /** Those around them, which they may name, and all drop-ins: `web.container.d/10-memory.conf`. By path. */
  readonly around: readonly string[];
  readonly get: (path: string) => SourceFile | undefined;
}

/** The units by file name, and the document that leads back into their texts. */
export interface ReadUnits {
  readonly own: readonly QuadletUnit[];
  readonly units: ReadonlyMap<string, QuadletUnit>;
  readonly document: Document;
}

/** Reads the files, and of those around them what they name. Fails with every mistake of syntax. */
export function readUnits({ files, around, get }: QuadletFiles): Result<ReadUnits> {
  const units = new Map<string, QuadletUnit>();
  const failures: Failure[] = [];
  const nearby = new Map(around.map((path) => [baseOf(path), path]));
  const read = (file: SourceFile): QuadletUnit | undefined => {
    const name = baseOf(file.path);
    const known = units.get(name);
    if (known !== undefined) return known;
    const kind = kindOf(name) ?? 'container';
    const texts = [file, ...dropIns(name, around).flatMap((path) => get(path) ?? [])];
    const parsed = texts.map(assignmentsOf);
    failures.push(...parsed.flatMap((each) => (each.ok ? [] : each.failures)));
    const unit = quadletUnit(
      name,
      kind,
      parsed.flatMap((each) => (each.ok ? each.value : [])),
    );
    units.set(name, unit);
    const timer = kind === 'container' ? [timerOf(unit.name.whole)] : [];
    for (const named of [...namesIn(unit), ...timer]) {
      const path = nearby.get(named) ?? nearby.get(templateOf(named));
      const source = path === undefined || units.has(baseOf(path)) ? undefined : get(path);
      if (source !== undefined) read(source);
    }
    return unit;
  };
  const own = files.flatMap((file) => read(file) ?? []);
  if (failures.length > 0) return err(...failures);
  return ok({ own, units, document: documentOf(files[0]?.path ?? '', units) });
}

function assignmentsOf(file: SourceFile): Result<readonly Assignment[]> {
  const source = decode(file);
  return source.ok ? parseUnitFile(source.value) : source;
}

/**
 * The drop-ins of a file, in the order in which they are merged: by name, of the same name only the most particular one
 * (podman-systemd.unit(5)): `foo-bar.container.d`, `foo-.container.d`, `container.d`; an instance has its template's too.
 */
function dropIns(file: string, around: readonly string[]): readonly string[] {
  const suffix = file.slice(file.lastIndexOf('.') + 1);
  const { whole, prefix, instance } = unitNameOf(file);
  const dashed = [...prefix.matchAll(/-/g)].map(({ index }) => `${prefix.slice(0, index + 1)}.${suffix}`);
  const folders = [
    file,
    ...(instance === '' && whole === prefix ? [] : [`${prefix}@.${suffix}`]),
    ...dashed.toReversed(),
    suffix,
  ].map((name) => `${name}.d`);
  const found = new Map<string, string>();
  for (const folder of folders)
    for (const path of around) {
      const parts = path.split('/');
      const name = parts.at(-1) ?? '';
      if (parts.at(-2) === folder && name.endsWith('.conf') && !found.has(name)) found.set(name, path);
    }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** The files that the values of a unit name: `data.volume:/data`, `After=db.container`. */
function namesIn({ sections }: QuadletUnit): readonly string[] {
  return [...sections.values()].flatMap((section) =>
    [...section.values()]
      .flat()
      .flatMap(({ value }) =>
        [...value.matchAll(/[\w@.-]+\.(?:container|pod|network|volume|image|build)(?![\w.-])/g)].map(
          ([name]) => name,
        ),
      ),
  );
}

function templateOf(name: string): string {
  return name.replace(/@[^.]*\./, '@.');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A document whose paths are file, section, key and the number of the value. */
function documentOf(source: string, units: ReadonlyMap<string, QuadletUnit>): Document {
  return {
    value: null,
    source,
    locate: () => Promise.resolve(),
    place: (path, part) => placeOf(source, units, path, part),
  };
}

function placeOf(
  source: string,
  units: ReadonlyMap<string, QuadletUnit>,
  [file, section, key, index]: Path,
  part: 'key' | 'value' = 'value',
): Place {
  const sections = units.get(String(file))?.sections;
  // A file with thousands of mistakes in one key asks thousands of times.
  const exact = sections?.get(String(section))?.get(String(key))?.[typeof index === 'number' ? index : 0];
  if (exact !== undefined) return exact.source.place(part === 'key' ? exact.keyOffset : exact.valueOffset);
  const all = section === undefined ? [...(sections?.values() ?? [])] : [sections?.get(String(section))];
  const assignments = all.flatMap((each) =>
    key === undefined ? [...(each?.values() ?? [])].flat() : (each?.get(String(key)) ?? []),
  );
  const found = assignments[typeof index === 'number' ? index : 0] ?? assignments[0];
  if (found === undefined) return { source };
  return found.source.place(part === 'key' || key === undefined ? found.keyOffset : found.valueOffset);
}
