import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { kinds } from './kinds.ts';

/** An object of the manifests, with its names read. */
export interface KubeObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly fields: Fields;
  readonly path: Path;
}

/** The objects of all documents, those of lists too. Kinds and versions that gear does not know are noted. */
export function readObjects(reader: ForeignReader, documents: readonly unknown[]): readonly KubeObject[] {
  return documents.flatMap((document, index) =>
    document === null ? [] : readObject(reader, document, [index]),
  );
}

function readObject(reader: ForeignReader, value: unknown, path: Path): readonly KubeObject[] {
  const fields = reader.fields(value, path);
  if (fields === undefined) return [];
  const kind = reader.text(fields['kind'], [...path, 'kind']);
  const apiVersion = reader.text(fields['apiVersion'], [...path, 'apiVersion']);
  if (kind === undefined || apiVersion === undefined || !isKnown(reader, kind, apiVersion, path)) return [];
  if (kind === 'List')
    return reader
      .list(fields['items'] ?? [], [...path, 'items'])
      .flatMap(([item, at]) => readObject(reader, item, at));
  const metadata = reader.fields(fields['metadata'] ?? {}, [...path, 'metadata']) ?? {};
  const at = [...path, 'metadata'];
  return [
    {
      kind,
      name: reader.textOf(metadata, 'name', at) ?? reader.textOf(metadata, 'generateName', at) ?? '',
      namespace: reader.textOf(metadata, 'namespace', at) ?? 'default',
      labels: textsOf(reader, metadata['labels'], [...at, 'labels']),
      annotations: textsOf(reader, metadata['annotations'], [...at, 'annotations']),
      fields,
      path,
    },
  ];
}

/** A map of texts; nothing is an empty one. */
export function textsOf(reader: ForeignReader, value: unknown, path: Path): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  return Object.fromEntries(reader.pairs(value, path).map(([key, text]) => [key, text ?? '']));
}

function isKnown(reader: ForeignReader, kind: string, apiVersion: string, path: Path): boolean {
  const known = kinds.find(({ name }) => name === kind);
  if (known === undefined) {
    const near = nearest(
      kind,
      kinds.map(({ name }) => name),
    );
    reader.tell(
      [...path, 'kind'],
      'refused',
      `gear has nothing that the kind ${quote(kind)} could become`,
      near === undefined
        ? 'take the document away: docs/formats/kubernetes.md lists the kinds'
        : `did you mean ${near}?`,
    );
    return false;
  }
  if (known.apiVersions.includes(apiVersion)) return true;
  reader.fail(
    [...path, 'apiVersion'],
    'VALUE_INVALID',
    `${quote(apiVersion)} is no apiVersion of ${kind} that gear reads`,
    `write ${known.apiVersions.join(' or ')}`,
  );
  return false;
}
