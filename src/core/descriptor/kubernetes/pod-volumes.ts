import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { claimFields, type Cluster } from './cluster.ts';
import { readFields } from './field.ts';
import type { Source } from './kube-container.ts';
import { readMode } from './mode.ts';
import type { PodFacts } from './pod-facts.ts';
import { parseQuantity } from './quantity.ts';
import { factFiles, filesOf, projectedFiles } from './volume-files.ts';
import { volumeKinds } from './volume-kinds.ts';

interface PodVolumes {
  readonly reader: ForeignReader;
  readonly cluster: Cluster;
  /** The pod itself; its name is what volumes of its own begin with. */
  readonly facts: PodFacts;
  /** How many of its containers mount each volume. */
  readonly mounts: ReadonlyMap<string, number>;
}

const hostPathTypes = [
  ...['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
];

/** How each kind of volume is read that is not refused. */
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
    filesOf(reader, cluster.configMaps, value, path, 'name', 'ConfigMap'),
  secret: ({ reader, cluster }, _, value, path) => {
    const name = (value as Fields | null)?.['secretName'];
    if (typeof name === 'string' && !cluster.secrets.has(name))
      return secretOfHost(reader, name, value, path);
    const source = filesOf(reader, cluster.secrets, value, path, 'secretName', 'Secret');
    reader.tell(
      path,
      'approximated',
      'its values are files; without the Secret here, and mounted at /run/secrets, gear secret set keeps one encrypted',
    );
    return source;
  },
  projected: (pod, _, value, path) => projectedFiles(pod, value, path),
  downwardAPI: (pod, _, value, path) => factFiles(pod, value, path),
  ephemeral,
  nfs: ({ reader, cluster, facts }, name, value, path) => {
    const fields = reader.fields(value, path, ['server', 'path', 'readOnly']) ?? {};
    const readOnly = reader.toggleOf(fields, 'readOnly', path) === true;
    const volume = `${facts.name}-${name}`;
    const source = named(reader, cluster, volume, path, readOnly);
    const [server, from] = [
      reader.text(fields['server'], [...path, 'server']),
      reader.text(fields['path'], [...path, 'path']),
    ];
    cluster.volumes.set(volume, {
      name: volume,
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
        return [[name, readVolume(pod, name, fields, at)]];
      },
    ),
  );
}

function readVolume(pod: PodVolumes, name: string, fields: Fields, at: Path): Source {
  const { reader } = pod;
  reader.fields(fields, at, ['name', ...volumeKinds.map((kind) => kind.name)]);
  const [kind, other] = volumeKinds.filter((each) => fields[each.name] !== undefined);
  if (other !== undefined)
    reader.fail(
      [...at, other.name],
      'VALUE_INVALID',
      `the volume ${quote(name)} is of two kinds`,
      'keep one of them',
      'key',
    );
  if (kind === undefined) {
    // A misspelt kind is told already.
    if (Object.keys(fields).every((key) => key === 'name'))
      reader.fail(at, 'VALUE_INVALID', `the volume ${quote(name)} is of no kind`, 'add emptyDir: {}');
    return { kind: 'none' };
  }
  const place = [...at, kind.name];
  const read = readers[kind.name];
  if (read !== undefined) return read(pod, name, fields[kind.name] ?? {}, place);
  const [why = '', next] = kind.note.split(': ');
  reader.tell(place, 'refused', why, next);
  return { kind: 'none' };
}

/** A claim that comes and goes with its pod has the name of both. */
function ephemeral({ reader, cluster, facts }: PodVolumes, name: string, value: unknown, path: Path): Source {
  const { volumeClaimTemplate } = reader.fields(value, path, ['volumeClaimTemplate']) ?? {};
  const parts = claimFields.filter((field) => ['metadata', 'spec'].includes(field.name));
  readFields({ reader }, volumeClaimTemplate ?? {}, [...path, 'volumeClaimTemplate'], parts);
  const volume = `${facts.name}-${name}`;
  reader.tell(path, 'approximated', `the volume ${volume}, which is kept when the pod goes`);
  return named(reader, cluster, volume, path, false);
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
  { reader, cluster, facts, mounts }: PodVolumes,
  name: string,
  value: unknown,
  path: Path,
): Source {
  const fields = reader.fields(value, path, ['medium', 'sizeLimit', 'mode']) ?? {};
  const limit = limitOf(reader, fields, path);
  const mode = readMode(reader, fields, 'mode', { path, most: 0o1777 });
  const options = [
    ...(limit === undefined ? [] : [`size=${String(Math.ceil(limit))}`]),
    ...(mode === undefined ? [] : [`mode=${mode}`]),
  ];
  const memory = reader.oneOf(fields, 'medium', path, ['', 'Memory']) === 'Memory';
  if (memory && (mounts.get(name) ?? 0) < 2) return { kind: 'tmpfs', options };
  const volume = `${facts.name}-${name}`;
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
    if (mode !== undefined)
      reader.tell(
        [...path, 'mode'],
        'approximated',
        'left out: a volume has the mode of the folder in its image',
      );
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
