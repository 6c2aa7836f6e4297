import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { type Cluster, type Entries, failAbsent } from './cluster.ts';
import type { Source } from './kube-container.ts';
import { readMode } from './mode.ts';
import { factOf, type PodFacts } from './pod-facts.ts';

/** Where the contents of files are read from. */
interface FilesOfPod {
  readonly reader: ForeignReader;
  readonly cluster: Cluster;
  readonly facts: PodFacts;
}

/** The files of a ConfigMap or Secret, whose name stands under `key`. */
export function filesOf(
  reader: ForeignReader,
  maps: ReadonlyMap<string, Entries>,
  value: unknown,
  path: Path,
  key: string,
  what: string,
): Source {
  const fields = reader.fields(value, path, [key, 'items', 'defaultMode', 'optional']) ?? {};
  const name = reader.textOf(fields, key, path) ?? '';
  const entries = maps.get(name);
  const optional = reader.toggleOf(fields, 'optional', path) === true;
  if (entries === undefined) {
    if (optional) reader.tell(path, 'approximated', `left out: there is no ${name} in these files`);
    else failAbsent(reader, maps, name, path, what);
    return { kind: 'none' };
  }
  const items =
    fields['items'] === undefined
      ? Object.keys(entries).map((each) => [each, each] as const)
      : itemsOf(reader, fields['items'], [...path, 'items']);
  const contents: Record<string, string> = {};
  for (const [entry, target] of items) {
    const text = entries[entry];
    if (typeof text === 'string') contents[target] = text;
    else
      reader.fail(
        path,
        'VALUE_INVALID',
        text === null
          ? `${quote(entry)} of ${quote(name)} is no text`
          : `${quote(name)} has no ${quote(entry)}`,
        text === null ? 'mount it from a file of the host' : 'name one of its keys',
      );
  }
  return { kind: 'files', contents, ...modeOf(reader, fields, path) };
}

function modeOf(reader: ForeignReader, fields: Fields, path: Path): { readonly mode?: string } {
  const mode = readMode(reader, fields, 'defaultMode', { path, most: 0o777 });
  return mode === undefined ? {} : { mode };
}

function tellMode(reader: ForeignReader, at: Path): void {
  reader.tell([...at, 'mode'], 'approximated', 'left out: all files of a volume have its defaultMode');
}

function itemsOf(reader: ForeignReader, value: unknown, path: Path): readonly (readonly [string, string])[] {
  return reader.list(value, path).map(([item, at]) => {
    const fields = reader.fields(item, at, ['key', 'path', 'mode']) ?? {};
    if (fields['mode'] !== undefined) tellMode(reader, at);
    return [
      reader.text(fields['key'], [...at, 'key']) ?? '',
      reader.text(fields['path'], [...at, 'path']) ?? '',
    ] as const;
  });
}

/** The files of several sources in one folder. */
export function projectedFiles(pod: FilesOfPod, value: unknown, path: Path): Source {
  const { reader, cluster } = pod;
  const fields = reader.fields(value, path, ['sources', 'defaultMode']) ?? {};
  const contents: Record<string, string> = {};
  for (const [item, at] of reader.list(fields['sources'] ?? [], [...path, 'sources'])) {
    const source = reader.fields(item, at) ?? {};
    const kind = Object.keys(source)[0] ?? '';
    reader.fields(source, at, [kind]);
    const read =
      kind === 'configMap'
        ? filesOf(reader, cluster.configMaps, source[kind], [...at, kind], 'name', 'ConfigMap')
        : kind === 'secret'
          ? filesOf(reader, cluster.secrets, source[kind], [...at, kind], 'name', 'Secret')
          : kind === 'downwardAPI'
            ? factFiles(pod, source[kind], [...at, kind])
            : undefined;
    if (read?.kind === 'files') Object.assign(contents, read.contents);
    else if (read === undefined)
      reader.tell([...at, kind], 'refused', `only a cluster has a ${kind}`, 'take it away');
  }
  return { kind: 'files', contents, ...modeOf(reader, fields, path) };
}

/** Files that hold what is known of the pod. */
export function factFiles({ reader, facts }: FilesOfPod, value: unknown, path: Path): Source {
  const fields = reader.fields(value ?? {}, path, ['items', 'defaultMode']) ?? {};
  const contents: Record<string, string> = {};
  for (const [item, at] of reader.list(fields['items'] ?? [], [...path, 'items'])) {
    const given = reader.fields(item, at, ['path', 'fieldRef', 'resourceFieldRef', 'mode']) ?? {};
    const target = reader.text(given['path'], [...at, 'path']);
    if (given['mode'] !== undefined) tellMode(reader, at);
    const text = factAt(reader, facts, given, at);
    if (target !== undefined && text !== undefined) contents[target] = text;
  }
  return { kind: 'files', contents, ...modeOf(reader, fields, path) };
}

function factAt(reader: ForeignReader, facts: PodFacts, given: Fields, at: Path): string | undefined {
  const key = given['fieldRef'] === undefined ? 'resourceFieldRef' : 'fieldRef';
  const place = [...at, key];
  if (key === 'resourceFieldRef') {
    reader.tell(place, 'refused', 'gear writes no limits into files', 'use resourceFieldRef of a variable');
    return undefined;
  }
  const fields = reader.fields(given[key], place, ['apiVersion', 'fieldPath']) ?? {};
  reader.textOf(fields, 'apiVersion', place);
  const path = reader.text(fields['fieldPath'], [...place, 'fieldPath']);
  const text = path === undefined ? undefined : factOf(facts, path);
  if (path !== undefined && text === undefined)
    reader.tell(place, 'refused', `only a cluster knows ${path}`, 'take it away');
  return text;
}
