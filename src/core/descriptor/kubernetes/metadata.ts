import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';

function kept(name: string, to: string, note: string): Coverage {
  return { name, verdict: 'kept', to, note };
}

function leftOut(name: string, note: string): Coverage {
  return { name, verdict: 'approximated', to: '', note };
}

const labels = kept(
  'labels',
  'labels',
  'of pods, which Services select by them; others of other objects are left out',
);
const othersLabels = 'left out: containers have the labels of their pods';

/** Every field of ObjectMeta; the first ones are what people write, the last ones are what a cluster adds. */
export const metadataFields: readonly Coverage[] = [
  kept('name', 'containers', ''),
  kept('generateName', 'containers', 'where there is no name'),
  kept('namespace', '', 'Services select pods of their own'),
  labels,
  leftOut('annotations', 'left out: what reads annotations belongs to a cluster'),
  ...[
    ...['creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'finalizers', 'generation'],
    ...['managedFields', 'ownerReferences', 'resourceVersion', 'selfLink', 'uid'],
  ].map((name) => leftOut(name, 'left out: it belongs to a cluster')),
];

/** Labels that containers have. */
export type HeldLabels = ReadonlySet<string> | 'all';

/** The labels of all pods in these documents. */
export function labelsOfPods(documents: readonly unknown[]): HeldLabels {
  const held = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { metadata, spec } = value as Fields;
    if (Array.isArray((spec as Fields | null | undefined)?.['containers']))
      for (const label of labelsOf(metadata)) held.add(label);
    for (const part of Object.values(value)) look(part);
  };
  look(documents);
  return held;
}

function labelsOf(metadata: unknown): readonly string[] {
  const given = (metadata as Fields | null | undefined)?.['labels'];
  return typeof given === 'object' && given !== null
    ? Object.entries(given).map(([key, text]) => `${key}=${String(text)}`)
    : [];
}

/**
 * The metadata of an object or of a template, and what is left out of it; nothing is none. Labels are left out that no
 * container has.
 */
export function readMetadata(
  reader: ForeignReader,
  value: unknown,
  path: Path,
  held: HeldLabels = new Set(),
): Fields {
  const known = metadataFields.map(({ name }) => name);
  const fields = reader.fields(value ?? {}, path, known) ?? {};
  for (const field of metadataFields) {
    const isLeftOut =
      field === labels
        ? held !== 'all' && labelsOf(fields).some((label) => !held.has(label))
        : field.verdict !== 'kept';
    if (isLeftOut && !isEmpty(fields[field.name]))
      reader.tell([...path, field.name], 'approximated', field === labels ? othersLabels : field.note);
  }
  return fields;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
