import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { holds, leftOut, noted, readFields, type Field } from './field.ts';
import { type KubeObject, textsOf } from './objects.ts';

/** The entries of a ConfigMap or Secret; null for one that is no text. */
export type Entries = Readonly<Record<string, string | null>>;

/** What the objects beside the workloads say. */
export interface Cluster {
  readonly configMaps: ReadonlyMap<string, Entries>;
  readonly secrets: ReadonlyMap<string, Entries>;
  readonly services: readonly KubeObject[];
  /** Named volumes of the native form, which pods add to. */
  readonly volumes: Map<string, unknown>;
}

interface Told {
  readonly reader: ForeignReader;
}

const metadata: readonly Field<Told>[] = [
  holds('apiVersion', 'text'),
  holds('kind', 'text'),
  noted('metadata', 'name'),
];

export const configMapFields: readonly Field<Told>[] = [
  ...metadata,
  noted('data', 'env, files'),
  noted('binaryData', 'files', 'where it is text'),
  leftOut('immutable', 'left out: a changed content makes a new form', false),
];

export const secretFields: readonly Field<Told>[] = [
  ...metadata,
  noted('data', 'env, files'),
  noted('stringData', 'env, files'),
  holds('type', 'text'),
  leftOut('immutable', 'left out: a changed content makes a new form', false),
];

const claimSpec: readonly Field<Told>[] = [
  holds('accessModes', 'texts'),
  leftOut('resources', 'left out: a volume is as large as its disk'),
  leftOut('storageClassName', 'left out: the engine keeps it'),
  leftOut('volumeMode', 'left out: it is a file system', 'Filesystem'),
  ...['volumeName', 'selector', 'dataSource', 'dataSourceRef', 'volumeAttributesClassName'].map((name) =>
    leftOut<Told>(name, 'left out: the engine keeps it'),
  ),
];

export const claimFields: readonly Field<Told>[] = [
  ...metadata,
  {
    ...noted<Told>('spec', 'volumes'),
    read: (told, value, path) => void readFields(told, value, path, claimSpec),
  },
  leftOut('status', 'left out: it belongs to a cluster'),
];

/** Reads the contents of a ConfigMap. */
export function readConfigMap(reader: ForeignReader, { fields, path }: KubeObject): Entries {
  readFields({ reader }, fields, path, configMapFields);
  return {
    ...textsOf(reader, fields['data'], [...path, 'data']),
    ...decoded(reader, fields['binaryData'], [...path, 'binaryData']),
  };
}

/** Reads the contents of a Secret. */
export function readSecret(reader: ForeignReader, { fields, path }: KubeObject): Entries {
  readFields({ reader }, fields, path, secretFields);
  return {
    ...decoded(reader, fields['data'], [...path, 'data']),
    ...textsOf(reader, fields['stringData'], [...path, 'stringData']),
  };
}

function decoded(reader: ForeignReader, value: unknown, path: Path): Entries {
  const entries = Object.entries(textsOf(reader, value, path));
  return Object.fromEntries(
    entries.map(([key, text]) => {
      const bytes = fromBase64(text);
      if (bytes === undefined)
        reader.fail(
          [...path, key],
          'VALUE_INVALID',
          `${quote(key)} is not base64`,
          'write it under stringData as it is',
        );
      return [key, bytes === undefined ? null : textOf(bytes)];
    }),
  );
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function fromBase64(text: string): Uint8Array | undefined {
  const plain = text.replaceAll(/\s/g, '');
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

/** An entry of a ConfigMap or Secret that a container names; undefined where it is not there, which is noted. */
export function entryOf(
  reader: ForeignReader,
  maps: ReadonlyMap<string, Entries>,
  { name, key, optional }: { readonly name: string; readonly key: string; readonly optional: boolean },
  path: Path,
): string | undefined {
  const value = maps.get(name)?.[key];
  if (typeof value === 'string') return value;
  if (optional && value === undefined) {
    reader.tell(path, 'approximated', `left out: ${name} has no ${key} here`);
    return undefined;
  }
  if (maps.has(name))
    reader.fail(
      path,
      'VALUE_INVALID',
      value === null ? `${key} of ${quote(name)} is no text` : `${quote(name)} has no ${quote(key)}`,
      value === null
        ? 'mount it from a file of the host'
        : meant(key, Object.keys(maps.get(name) ?? {}), 'add it, or say optional: true'),
    );
  else failAbsent(reader, maps, name, path, 'ConfigMap');
  return undefined;
}

/** Tells that a ConfigMap or Secret is not among the files, with the one that was probably meant. */
export function failAbsent(
  reader: ForeignReader,
  maps: ReadonlyMap<string, Entries>,
  name: string,
  path: Path,
  what: string,
): void {
  reader.fail(
    path,
    'VALUE_INVALID',
    `there is no ${what} ${quote(name)} in these files`,
    meant(name, [...maps.keys()], 'add it, or say optional: true'),
  );
}

function meant(name: string, known: readonly string[], otherwise: string): string {
  const near = nearest(name, known);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}

/** The keys of a reference to a ConfigMap or Secret. */
export function referenceOf(
  reader: ForeignReader,
  value: unknown,
  path: Path,
): { readonly name: string; readonly key: string; readonly optional: boolean } {
  const fields: Fields = reader.fields(value, path, ['name', 'key', 'optional']) ?? {};
  return {
    name: reader.textOf(fields, 'name', path) ?? '',
    key: reader.textOf(fields, 'key', path) ?? '',
    optional: reader.toggleOf(fields, 'optional', path) === true,
  };
}
