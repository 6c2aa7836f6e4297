import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { kinds } from './kinds.ts';
import { type HeldLabels, labelsOfPods, readMetadata } from './metadata.ts';

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
  const held = labelsOfPods(documents);
  return documents.flatMap((document, index) =>
    document === null ? [] : readObject(reader, document, [index], held),
  );
}

function readObject(
  reader: ForeignReader,
  value: unknown,
  path: Path,
  held: HeldLabels,
): readonly KubeObject[] {
  const fields = reader.fields(value, path);
  if (fields === undefined) return [];
  const kind = reader.text(fields['kind'], [...path, 'kind']);
  const apiVersion = reader.text(fields['apiVersion'], [...path, 'apiVersion']);
  if (kind === undefined || apiVersion === undefined || !isKnown(reader, kind, apiVersion, path)) return [];
  if (kind === 'List') {
    reader.fields(fields, path, ['apiVersion', 'kind', 'metadata', 'items']);
    return reader
      .list(fields['items'] ?? [], [...path, 'items'])
      .flatMap(([item, at]) => readObject(reader, item, at, held));
  }
  const at = [...path, 'metadata'];
  // An object that is left out as a whole is told as a whole.
  const told = reader.losses.length;
  const metadata = readMetadata(reader, fields['metadata'], at, kind === 'Pod' ? 'all' : held);
  if (kinds.find((each) => each.name === kind)?.verdict !== 'kept') reader.losses.length = told;
  const name = reader.textOf(metadata, metadata['name'] === undefined ? 'generateName' : 'name', at) ?? '';
  if (name === '') {
    reader.fail(
      [...at, 'name'],
      'NAME_INVALID',
      `the ${kind} has no name`,
      'give it one: metadata: {name: web}',
    );
    return [];
  }
  return [
    {
      kind,
      name,
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
  if (value === undefined || value === null || reader.fields(value, path) === undefined) return {};
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
