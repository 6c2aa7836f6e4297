import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import type { Cluster, Entries } from './cluster.ts';
import type { Source } from './kube-container.ts';
import { parseQuantity } from './quantity.ts';

interface PodVolumes {
  readonly reader: ForeignReader;
  readonly cluster: Cluster;
  /** The name that volumes of the pod's own begin with. */
  readonly pod: string;
  /** How many of its containers mount each volume. */
  readonly mounts: ReadonlyMap<string, number>;
}

const hostPathTypes = [
  ...['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
];

/** The kinds of a pod's volumes, each of which stands under its own key. */
const readers: Readonly<
  Record<string, (pod: PodVolumes, name: string, value: unknown, path: Path) => Source>
> = {
  emptyDir,
  hostPath: ({ reader }, _, value, path) => {
    const fields = reader.fields(value, path, ['path', 'type']) ?? {};
    if (reader.oneOf(fields, 'type', path, hostPathTypes)?.endsWith('OrCreate') === true)
      reader.tell([...path, 'type'], 'approximated', 'the path has to be there');
    return { kind: 'mount', source: reader.text(fields['path'], [...path, 'path']) ?? '/' };
  },
  persistentVolumeClaim: ({ reader, cluster }, _, value, path) => {
    const fields = reader.fields(value, path, ['claimName', 'readOnly']) ?? {};
    const claim = reader.text(fields['claimName'], [...path, 'claimName']) ?? '';
    return named(reader, cluster, claim, path, reader.toggleOf(fields, 'readOnly', path) === true);
  },
  configMap: ({ reader, cluster }, _, value, path) =>
    files(reader, cluster.configMaps, value, path, 'name', 'ConfigMap'),
  secret: ({ reader, cluster }, _, value, path) => {
    const name = (value as Fields | null)?.['secretName'];
    if (typeof name === 'string' && !cluster.secrets.has(name))
      return secretOfHost(reader, name, value, path);
    const source = files(reader, cluster.secrets, value, path, 'secretName', 'Secret');
    reader.tell(
      path,
      'approximated',
      'its values are files; without the Secret here, and mounted at /run/secrets, gear secret set keeps one encrypted',
    );
    return source;
  },
  projected,
  nfs: ({ reader, cluster, pod }, name, value, path) => {
    const fields = reader.fields(value, path, ['server', 'path', 'readOnly']) ?? {};
    const readOnly = reader.toggleOf(fields, 'readOnly', path) === true;
    const source = named(reader, cluster, `${pod}-${name}`, path, readOnly);
    const [server, from] = [
      reader.text(fields['server'], [...path, 'server']),
      reader.text(fields['path'], [...path, 'path']),
    ];
    cluster.volumes.set(`${pod}-${name}`, {
      name: `${pod}-${name}`,
      options: { type: 'nfs', device: `:${from ?? ''}`, o: `addr=${server ?? ''}` },
    });
    return source;
  },
};

/** What the volumes of a pod are, by their names. */
export function readVolumes(pod: PodVolumes, value: unknown, path: Path): ReadonlyMap<string, Source> {
  const { reader } = pod;
  return new Map(
    (value === undefined || value === null ? [] : reader.list(value, path)).flatMap(
      ([item, at]): [string, Source][] => {
        const fields = reader.fields(item, at) ?? {};
        const name = reader.text(fields['name'], [...at, 'name']);
        if (name === undefined) return [];
        const [kind = ''] = Object.keys(fields).filter((key) => key !== 'name');
        reader.fields(fields, at, ['name', kind]);
        const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
        const place = [...at, kind];
        if (read !== undefined) return [[name, read(pod, name, fields[kind] ?? {}, place)]];
        if (kind === '')
          reader.fail(at, 'VALUE_INVALID', `the volume ${quote(name)} is of no kind`, 'add emptyDir: {}');
        else
          reader.tell(place, 'refused', `gear mounts no ${kind}`, 'mount it on the host, and use hostPath');
        return [[name, { kind: 'none' }]];
      },
    ),
  );
}

/** A Secret that is not given is one of the host, whole and under its own name. */
function secretOfHost(reader: ForeignReader, secret: string, value: unknown, path: Path): Source {
  const fields = reader.fields(value, path, ['secretName', 'items', 'defaultMode', 'optional']) ?? {};
  for (const key of ['items', 'defaultMode', 'optional'])
    if (fields[key] !== undefined && fields[key] !== null && fields[key] !== false)
      reader.tell(
        [...path, key],
        'approximated',
        'left out: a secret of the host is one file, and has to be there',
      );
  return { kind: 'secrets', secret };
}

function emptyDir(
  { reader, cluster, pod, mounts }: PodVolumes,
  name: string,
  value: unknown,
  path: Path,
): Source {
  const fields = reader.fields(value, path, ['medium', 'sizeLimit']) ?? {};
  const limit = limitOf(reader, fields, path);
  const options = limit === undefined ? [] : [`size=${String(Math.ceil(limit))}`];
  const memory = reader.oneOf(fields, 'medium', path, ['', 'Memory']) === 'Memory';
  if (memory && (mounts.get(name) ?? 0) < 2) return { kind: 'tmpfs', options };
  const volume = `${pod}-${name}`;
  const source = named(reader, cluster, volume, path, false);
  if (memory)
    cluster.volumes.set(volume, {
      name: volume,
      options: { type: 'tmpfs', device: 'tmpfs', ...(options.length === 0 ? {} : { o: options.join(',') }) },
    });
  else {
    reader.tell(path, 'approximated', `the volume ${volume}, which is kept when the pod goes`);
    if (limit !== undefined)
      reader.tell([...path, 'sizeLimit'], 'approximated', 'left out: a volume is as large as its disk');
  }
  return source;
}

/** The bytes of a sizeLimit. */
function limitOf(reader: ForeignReader, fields: Fields, path: Path): number | undefined {
  const text = fields['sizeLimit'] === null ? undefined : reader.textOf(fields, 'sizeLimit', path);
  const limit = text === undefined ? undefined : parseQuantity(text);
  if (text !== undefined && limit === undefined)
    reader.fail(
      [...path, 'sizeLimit'],
      'VALUE_INVALID',
      `${quote(text)} is no quantity`,
      'write it as 512Mi',
    );
  return limit;
}

/** A named volume by just this name. */
function named(reader: ForeignReader, cluster: Cluster, name: string, path: Path, readOnly: boolean): Source {
  if (!cluster.volumes.has(name)) {
    cluster.volumes.set(name, { name });
    reader.places.set(['volumes', name], path);
  }
  return { kind: 'mount', source: name, ...(readOnly ? { readOnly: true } : {}) };
}

/** The volume of a claim that each copy of a StatefulSet has of its own. */
export function claimVolume(reader: ForeignReader, cluster: Cluster, name: string, path: Path): Source {
  return named(reader, cluster, name, path, false);
}

function files(
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
    else
      reader.fail(
        path,
        'VALUE_INVALID',
        `there is no ${what} ${quote(name)} in these files`,
        'add it, or say optional: true',
      );
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

/** YAML writes an octal number with a zero, JSON a decimal one: either is what chmod(2) takes. */
function modeOf(reader: ForeignReader, fields: Fields, path: Path): { readonly mode?: string } {
  const { defaultMode } = fields;
  if (defaultMode === undefined || defaultMode === null) return {};
  const mode = reader.number(defaultMode, [...path, 'defaultMode']);
  if (mode === undefined) return {};
  return { mode: (/^[0-7]{3}$/.test(String(mode)) ? String(mode) : mode.toString(8)).padStart(4, '0') };
}

function itemsOf(reader: ForeignReader, value: unknown, path: Path): readonly (readonly [string, string])[] {
  return reader.list(value, path).map(([item, at]) => {
    const fields = reader.fields(item, at, ['key', 'path', 'mode']) ?? {};
    if (fields['mode'] !== undefined)
      reader.tell([...at, 'mode'], 'approximated', 'left out: all files of a volume have its defaultMode');
    return [
      reader.text(fields['key'], [...at, 'key']) ?? '',
      reader.text(fields['path'], [...at, 'path']) ?? '',
    ] as const;
  });
}

function projected({ reader, cluster }: PodVolumes, _: string, value: unknown, path: Path): Source {
  const fields = reader.fields(value, path, ['sources', 'defaultMode']) ?? {};
  const contents: Record<string, string> = {};
  for (const [item, at] of reader.list(fields['sources'] ?? [], [...path, 'sources'])) {
    const source = reader.fields(item, at) ?? {};
    const kind = Object.keys(source)[0] ?? '';
    reader.fields(source, at, [kind]);
    const read =
      kind === 'configMap'
        ? files(reader, cluster.configMaps, source[kind], [...at, kind], 'name', 'ConfigMap')
        : kind === 'secret'
          ? files(reader, cluster.secrets, source[kind], [...at, kind], 'name', 'Secret')
          : undefined;
    if (read?.kind === 'files') Object.assign(contents, read.contents);
    else if (read === undefined)
      reader.tell([...at, kind], 'refused', `only a cluster has a ${kind}`, 'take it away');
  }
  return { kind: 'files', contents, ...modeOf(reader, fields, path) };
}
