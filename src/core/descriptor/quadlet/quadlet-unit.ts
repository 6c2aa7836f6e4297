import type { Path } from '../document.ts';
import type { Assignment } from './unit-file.ts';
import { type UnitName, unitNameOf } from './specifiers.ts';

/** The kinds of Quadlet's files by their suffixes. */
export const kinds = [
  'container',
  'pod',
  'kube',
  'network',
  'volume',
  'image',
  'build',
  'artifact',
  'timer',
] as const;
export type Kind = (typeof kinds)[number];

/** The section that a kind is described in. */
export const mainSections: Readonly<Record<Kind, string>> = {
  container: 'Container',
  pod: 'Pod',
  kube: 'Kube',
  network: 'Network',
  volume: 'Volume',
  image: 'Image',
  build: 'Build',
  artifact: 'Artifact',
  // Not one of Quadlet's: what lies beside a container and starts it.
  timer: 'Timer',
};

/** A value of a key, and where it stands. */
export interface Value {
  readonly text: string;
  readonly path: Path;
}

/** A file of Quadlet's with its drop-ins merged into it. */
export interface QuadletUnit {
  /** The file's name: `web.container`. */
  readonly file: string;
  readonly kind: Kind;
  readonly name: UnitName;
  /** Values by section and key: what an empty assignment took away is not there. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, readonly Assignment[]>>;
}

/** Merges the assignments of a file and, in their order, of its drop-ins; an empty one rids of those before it. */
export function quadletUnit(file: string, kind: Kind, assignments: readonly Assignment[]): QuadletUnit {
  const sections = new Map<string, Map<string, Assignment[]>>();
  for (const each of assignments) {
    const section = sections.get(each.section) ?? new Map<string, Assignment[]>();
    sections.set(each.section, section);
    const values = each.value === '' ? [] : (section.get(each.key) ?? []);
    if (each.value !== '') values.push(each);
    section.set(each.key, values);
  }
  return { file, kind, name: unitNameOf(file), sections };
}

/** The values of a key, in order. */
export function valuesOf({ file, sections }: QuadletUnit, section: string, key: string): readonly Value[] {
  return (sections.get(section)?.get(key) ?? []).map(({ value }, index) => ({
    text: value,
    path: [file, section, key, index],
  }));
}

/** The last value of a key, which is the one that holds. */
export function lastOf(unit: QuadletUnit, section: string, key: string): Value | undefined {
  return valuesOf(unit, section, key).at(-1);
}

/** The kind of a file by its name. */
export function kindOf(file: string): Kind | undefined {
  return kinds.find((kind) => file.endsWith(`.${kind}`));
}
