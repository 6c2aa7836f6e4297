import type { Coverage } from '../foreign/coverage.ts';
import type { ForeignReader } from '../foreign/foreign-reader.ts';
import type { QuadletSet } from './quadlet-container.ts';
import { type QuadletUnit, valuesOf } from './quadlet-unit.ts';

const ordered = 'left out: gear has units of its own for it, in the order that its containers need';

/** The table of [Quadlet] for docs/formats. */
export const quadletCoverage: readonly Coverage[] = [
  { name: 'DefaultDependencies', verdict: 'approximated', to: '', note: ordered },
];

/** Tells of the sections that say how a unit of its own would run, of a file that becomes none. */
export function tellUnitSections(reader: ForeignReader, unit: QuadletUnit, how: string): void {
  for (const section of ['Unit', 'Service', 'Install'])
    for (const key of unit.sections.get(section)?.keys() ?? [])
      reader.tell([unit.file, section, key], 'approximated', how);
}

/** Tells of what Quadlet itself is told, [Quadlet], in any file. */
export function tellQuadletSection(
  reader: ForeignReader,
  unit: QuadletUnit,
  unknown: (key: string, known: readonly string[]) => void,
): void {
  const known = quadletCoverage.map(({ name }) => name);
  for (const key of unit.sections.get('Quadlet')?.keys() ?? [])
    if (known.includes(key)) reader.tell([unit.file, 'Quadlet', key], 'approximated', ordered);
    else unknown(key, known);
}

/** Tells of pods what is no container's: their units, and that nothing is in one. */
export function tellPods(reader: ForeignReader, all: QuadletSet, running: readonly QuadletUnit[]): void {
  for (const unit of all.units.values()) {
    if (unit.kind !== 'pod') continue;
    const isUsed = running.some((each) =>
      valuesOf(each, 'Container', 'Pod').some(({ text }) => text === unit.file),
    );
    if (isUsed) tellUnitSections(reader, unit, 'left out: each container of the pod has a unit of its own');
    else reader.tell([unit.file], 'approximated', 'left out: no container is in it');
  }
}
