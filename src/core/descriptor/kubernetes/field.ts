import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';

/** A field of the Kubernetes API, and how it is read into what `T` makes. */
export interface Field<T> extends Coverage {
  readonly read: (into: T, value: unknown, path: Path) => void;
}

/** What has a reader that is told of losses. */
interface Told {
  readonly reader: ForeignReader;
}

export function kept<T>(name: string, to: string, read: Field<T>['read'], note = ''): Field<T> {
  return { name, verdict: 'kept', to, note, read };
}

export function near<T>(name: string, to: string, note: string, read: Field<T>['read']): Field<T> {
  return { name, verdict: 'approximated', to, note, read };
}

/** A field that is left out; `usual` are values that change nothing. */
export function leftOut<T extends Told>(name: string, note: string, ...usual: readonly unknown[]): Field<T> {
  return near(name, '', note, ({ reader }, value, path) => {
    if (!usual.includes(value)) reader.tell(path, 'approximated', note);
  });
}

export function refused<T extends Told>(name: string, why: string, next: string): Field<T> {
  return {
    ...{ name, verdict: 'refused', to: '', note: `${why}: ${next}` },
    read: ({ reader }, _, path) => reader.tell(path, 'refused', why, next),
  };
}

/** A field that says what is read elsewhere. */
export function noted<T>(name: string, to: string, note = ''): Field<T> {
  return kept(name, to, () => undefined, note);
}

/** A field that holds without being said; it has to be of its type all the same. */
export function holds<T extends Told>(name: string, shape: 'texts' | 'text', { note = '' } = {}): Field<T> {
  return kept(
    name,
    '',
    ({ reader }, value, path) => {
      if (shape === 'text') reader.text(value, path);
      else for (const [item, at] of reader.list(value, path)) reader.text(item, at);
    },
    note,
  );
}

/** Reads each field by its table, and tells of it. Fields that the API does not have are mistakes. */
export function readFields<T extends Told>(
  into: T,
  value: unknown,
  path: Path,
  table: readonly Field<T>[],
): Fields {
  const { reader } = into;
  const fields =
    reader.fields(
      value,
      path,
      table.map(({ name }) => name),
    ) ?? {};
  for (const field of table) {
    const given = fields[field.name];
    // Nothing is the same as not being there, as for the API.
    if (given === undefined || given === null) continue;
    const before = reader.losses.length;
    field.read(into, given, [...path, field.name]);
    if (reader.losses.length === before) reader.tell([...path, field.name], 'kept');
  }
  return fields;
}
