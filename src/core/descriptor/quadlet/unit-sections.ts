import { instanceName } from '../../model/instance-name.ts';
import { unitName } from '../../model/unit-names.ts';
import type { Coverage } from '../foreign/coverage.ts';
import { nameOfUnit, type QuadletContainer } from './quadlet-container.ts';
import { type Kind, type QuadletUnit, type Value, valuesOf } from './quadlet-unit.ts';
import { unitNameOf } from './specifiers.ts';

/** Relations of [Unit], and the keys of the native form that they are. */
const relations: Readonly<Record<string, { readonly to: readonly string[]; readonly how?: string }>> = {
  After: { to: ['after'] },
  Before: { to: ['before'] },
  Requires: { to: ['requires'] },
  Requisite: { to: ['requires'], how: 'requires: it is started too' },
  BindsTo: { to: ['requires', 'part_of'], how: 'requires and part_of: it comes back with the other one' },
  Wants: { to: ['wants'] },
  Upholds: { to: ['wants'], how: 'wants: systemd starts it once' },
  PartOf: { to: ['part_of'] },
  Conflicts: { to: ['conflicts'] },
};

/** The table of [Unit] for docs/formats. */
export const unitCoverage: readonly Coverage[] = [
  ...Object.entries(relations).map(([name, { to, how }]): Coverage => ({
    name,
    verdict: how === undefined ? 'kept' : 'approximated',
    to: to.join(', '),
    note:
      how ?? 'of files beside it: the container; what gear makes in any case, such as networks, is left out',
  })),
  {
    name: 'any other',
    verdict: 'kept',
    to: 'systemd',
    note: 'as it is, with names of containers made those of their units',
  },
];

const suffixes: Readonly<Partial<Record<Kind, string>>> = {
  ...{
    pod: '-pod',
    network: '-network',
    volume: '-volume',
    image: '-image',
    build: '-build',
    timer: '-timer',
  },
};

/** The file of the set that a name in [Unit] means, by the file's name or its service's; undefined for any other unit. */
function fileMeant(units: ReadonlyMap<string, QuadletUnit>, name: string): QuadletUnit | undefined {
  const direct = units.get(name);
  if (direct !== undefined) return direct;
  return [...units.values()].find(
    ({ name: { whole }, kind }) => name === `${whole}${suffixes[kind] ?? ''}.service`,
  );
}

/** Reads [Unit]: relations become those of containers, anything else stays a directive. */
export function readUnitSection(container: QuadletContainer, app: string): void {
  for (const key of container.unit.sections.get('Unit')?.keys() ?? []) {
    const relation = Object.hasOwn(relations, key) ? relations[key] : undefined;
    for (const value of valuesOf(container.unit, 'Unit', key)) {
      container.begin();
      if (relation === undefined) directive(container, 'Unit', key, translated(container, value, app), value);
      else for (const word of wordsOf(container, value)) relate(container, relation.to, word, value);
      if (relation?.how !== undefined) container.approximate(value.path, relation.how);
      if (!container.told) container.reader.tell(value.path, 'kept');
    }
  }
}

function relate(container: QuadletContainer, keys: readonly string[], word: string, { path }: Value): void {
  const unit = fileMeant(container.all.units, word);
  const target =
    unit === undefined
      ? word
      : unit.kind === 'container'
        ? nameOfUnit(unit)
        : unit.kind === 'pod'
          ? container.all.holders.get(unit.file)
          : undefined;
  if (target === undefined || target === container.container) return;
  for (const key of keys)
    if (!((container.native[key] ?? []) as readonly string[]).includes(target))
      container.add(key, target, path);
}

/** A value in which services of the set have the names of their units. */
function translated(container: QuadletContainer, value: Value, app: string): string {
  return templateFilled(container, value.text)
    .split(/(\s+)/)
    .map((word) => {
      const unit = /\.(service|container|pod)$/.test(word) ? fileMeant(container.all.units, word) : undefined;
      return unit?.kind === 'container' ? unitName(instanceName({ app, container: nameOfUnit(unit) })) : word;
    })
    .join('');
}

function wordsOf(container: QuadletContainer, { text }: Value): readonly string[] {
  return templateFilled(container, text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** What the name of an instance gives; other specifiers are systemd's to fill. */
function templateFilled({ unit }: QuadletContainer, text: string): string {
  const { instance, prefix } = unitNameOf(unit.file);
  return text.replaceAll(/%([iIpPj%])/g, (written, letter: string) =>
    letter === '%' ? written : letter === 'i' || letter === 'I' ? instance : prefix,
  );
}

/** Adds a directive to the unit, as it is. */
export function directive(
  container: QuadletContainer,
  section: 'Unit' | 'Service' | 'Install',
  key: string,
  text: string,
  { path }: Value,
): void {
  const before = (container.native['systemd'] ?? {}) as Record<string, Record<string, string | string[]>>;
  const given = before[section]?.[key];
  const value = given === undefined ? text : [given, text].flat();
  container.set('systemd', { ...before, [section]: { ...before[section], [key]: value } }, path);
  container.reader.places.set(['containers', container.container, 'systemd', section, key], path);
}

/** Whether a container is started by another one of the set, or with its pod. */
export function isWanted(units: ReadonlyMap<string, QuadletUnit>, unit: QuadletUnit): boolean {
  if (valuesOf(unit, 'Container', 'Pod').length > 0) return true;
  return [...units.values()].some((other) =>
    ['Requires', 'Wants', 'BindsTo', 'Upholds'].some((key) =>
      valuesOf(other, 'Unit', key).some(({ text }) =>
        text.split(/\s+/).some((word) => fileMeant(units, word) === unit),
      ),
    ),
  );
}
