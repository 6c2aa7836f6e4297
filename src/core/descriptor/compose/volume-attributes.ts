import type { Path } from '../document.ts';
import { nearest } from '../../model/nearest.ts';
import { quote } from '../../../errors/quote.ts';
import { type Attribute, kept, near } from './attribute.ts';
import type { Fields } from '../foreign/foreign-reader.ts';
import type { ServiceReader } from './service-reader.ts';

/** Modes of a mount that say nothing on Linux. */
const meaningless = ['cached', 'delegated', 'consistent', 'rw', 'rprivate', 'copy'];
/** Modes that `docker run -v` has as well. */
const understood = ['ro', 'z', 'Z', 'nocopy', 'private', 'shared', 'rshared', 'slave', 'rslave'];

/** What a service has mounted. */
export const volumeAttributes: readonly Attribute[] = [
  kept(
    'volumes',
    'volumes, tmpfs',
    (service, value, path) => {
      for (const [item, at] of service.reader.list(value, path))
        if (typeof item === 'object' && item !== null) longVolume(service, item, at);
        else shortVolume(service, service.reader.text(item, at), at);
    },
    'one without a source gets a name; types image, npipe and cluster, and subpath, are refused',
  ),
  kept('tmpfs', 'tmpfs', (service, value, path) => {
    for (const [text, at] of service.reader.texts(value, path)) service.add('tmpfs', text, at);
  }),
  near(
    'volumes_from',
    'volumes',
    'the mounts of that service, as they are in this file',
    (service, value, path) => {
      for (const [text, at] of service.reader.texts(value, path)) {
        const [name = '', mode] = text.replace(/^container:/, '\0').split(':');
        const other = service.project.services.get(name);
        if (other === undefined) {
          service.refuse(at, `${quote(text)} is no service of this file`, 'write the volumes themselves');
          continue;
        }
        for (const [item] of service.reader.list(other.fields['volumes'] ?? [], other.origin('volumes'))) {
          if (typeof item !== 'object' || item === null)
            shortVolume(service, service.reader.text(item, at), at, mode === 'ro');
          else longVolume(service, mode === 'ro' ? { ...item, read_only: true } : item, at);
        }
        service.approximate(at, 'the mounts of that service, as they are in this file');
      }
    },
  ),
  near('use_api_socket', 'volumes', 'the socket alone, without credentials', (service, value, path) => {
    if (service.reader.toggle(value, path) !== true) return;
    service.add('volumes', '/var/run/docker.sock:/var/run/docker.sock', path);
    service.approximate(path, 'the socket alone, without credentials');
  }),
];

function shortVolume(service: ServiceReader, text: string | undefined, at: Path, readOnly = false): void {
  if (text === undefined) return;
  const [first = '', second, given = '', ...more] = text.split(':');
  const modes = [...given.split(',').filter((mode) => mode !== ''), ...(readOnly ? ['ro'] : [])];
  if (more.length > 0)
    service.reader.fail(
      at,
      'VALUE_INVALID',
      'there are too many ":"',
      'write it as SOURCE:/path or SOURCE:/path:ro',
    );
  else if (second === undefined) anonymous(service, first, at);
  else mount(service, { source: first, target: second, modes: [...new Set(modes)] }, at);
}

interface Mount {
  readonly source: string;
  readonly target: string;
  readonly modes: readonly string[];
}

function mount(service: ServiceReader, { source, target, modes }: Mount, at: Path): void {
  const { reader, project } = service;
  const isPath = /^[./~]/.test(source);
  if (!isPath && !project.volumes.has(source)) {
    const guess = nearest(source, [...project.volumes]);
    reader.failMissing(
      at,
      'VALUE_INVALID',
      `there is no volume ${quote(source)} in this file`,
      guess === undefined ? `declare it: volumes: {${source}: {}}` : `did you mean ${guess}?`,
    );
    return;
  }
  const options = modes.filter((mode) => understood.includes(mode));
  for (const mode of modes) {
    if (!options.includes(mode) && !meaningless.includes(mode))
      service.refuse(at, `gear mounts without ${quote(mode)}`, 'take it away, or mount the path on the host');
  }
  const home = reader.context.environment['HOME'];
  const expanded = home !== undefined && /^~(\/|$)/.test(source) ? source.replace('~', home) : source;
  service.add(
    'volumes',
    [expanded, target, ...(options.length === 0 ? [] : [options.join(',')])].join(':'),
    at,
  );
}

/** Compose would lose it from sight; the name follows from service and path alone. */
function anonymous(service: ServiceReader, target: string, at: Path): void {
  const slug = target
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  const name = `${service.service.container}-${slug === '' ? 'data' : slug}`;
  service.add('volumes', `${name}:${target}`, at);
  service.approximate(at, `the volume gets the name ${name}, so that its data is found again`);
}

function longVolume(service: ServiceReader, item: unknown, at: Path): void {
  const { reader } = service;
  const fields = reader.fields(item, at, [
    'type',
    'source',
    'target',
    'read_only',
    'consistency',
    'bind',
    'volume',
    'tmpfs',
    'image',
  ]);
  const target = fields === undefined ? undefined : reader.text(fields['target'], [...at, 'target']);
  if (fields === undefined || target === undefined) return;
  const { type } = fields;
  if (type === 'tmpfs') {
    tmpfs(service, fields, target, at);
    return;
  }
  if (type !== 'bind' && type !== 'volume') {
    if (type === 'image' || type === 'npipe' || type === 'cluster')
      service.refuse(
        [...at, 'type'],
        `gear mounts volumes, paths and tmpfs, and not ${type}`,
        'use one of those',
      );
    else
      reader.fail(
        [...at, 'type'],
        'VALUE_INVALID',
        `${quote(String(type))} is not a type of mount`,
        'write bind, volume or tmpfs',
      );
    return;
  }
  const modes = [
    ...(fields['read_only'] !== undefined && reader.toggle(fields['read_only'], [...at, 'read_only']) === true
      ? ['ro']
      : []),
    ...mountOptions(service, fields, at),
  ];
  if (fields['source'] === undefined) {
    if (type === 'volume') anonymous(service, target, at);
    else reader.fail(at, 'VALUE_INVALID', 'the mount has no source', 'give it one: source: ./data');
    return;
  }
  const source = reader.text(fields['source'], [...at, 'source']) ?? '';
  // A path without a dot is one as well here, where the type says so.
  mount(
    service,
    { source: type === 'bind' && !/^[./~]/.test(source) ? `./${source}` : source, target, modes },
    at,
  );
}

function mountOptions(service: ServiceReader, fields: Fields, at: Path): readonly string[] {
  const { reader } = service;
  const bind =
    fields['bind'] === undefined
      ? {}
      : (reader.fields(
          fields['bind'],
          [...at, 'bind'],
          ['propagation', 'create_host_path', 'recursive', 'selinux'],
        ) ?? {});
  const volume =
    fields['volume'] === undefined
      ? {}
      : (reader.fields(fields['volume'], [...at, 'volume'], ['labels', 'nocopy', 'subpath']) ?? {});
  if (bind['recursive'] !== undefined && bind['recursive'] !== 'enabled')
    service.refuse([...at, 'bind', 'recursive'], 'gear mounts what lies below as well', 'take it away');
  if (volume['subpath'] !== undefined)
    service.refuse(
      [...at, 'volume', 'subpath'],
      'the engines of gear mount whole volumes',
      'mount the volume, and use the path in it',
    );
  if (volume['labels'] !== undefined)
    service.approximate([...at, 'volume', 'labels'], 'left out: labels stand at the top level');
  if (bind['create_host_path'] !== undefined)
    noFolderIsMade(service, bind['create_host_path'], [...at, 'bind', 'create_host_path']);
  reader.oneOf(fields, 'consistency', at, ['cached', 'consistent', 'default', 'delegated']);
  const nocopy =
    volume['nocopy'] !== undefined && reader.toggle(volume['nocopy'], [...at, 'volume', 'nocopy']) === true;
  return [
    ...(['selinux', 'propagation'] as const).flatMap((key) =>
      bind[key] === undefined ? [] : [reader.text(bind[key], [...at, 'bind', key]) ?? ''],
    ),
    ...(nocopy ? ['nocopy'] : []),
  ];
}

/** An empty folder where a file was meant, or on a disk that is not mounted, is a trap. */
function noFolderIsMade(service: ServiceReader, value: unknown, at: Path): void {
  if (service.reader.toggle(value, at) === true)
    service.approximate(at, 'no folder is made: what is not there is told before anything starts');
}

function tmpfs(service: ServiceReader, fields: Fields, target: string, at: Path): void {
  const { reader } = service;
  const given =
    fields['tmpfs'] === undefined
      ? {}
      : (reader.fields(fields['tmpfs'], [...at, 'tmpfs'], ['size', 'mode']) ?? {});
  const place = [...at, 'tmpfs'];
  const [size, mode] = [reader.textOf(given, 'size', place), reader.textOf(given, 'mode', place)];
  // YAML writes an octal number with a zero; a decimal one means itself.
  const octal = typeof given['mode'] === 'number' ? given['mode'].toString(8) : mode?.replace(/^0o?/, '');
  const options = [
    ...(size === undefined ? [] : [`size=${size}`]),
    ...(octal === undefined ? [] : [`mode=${octal}`]),
  ];
  service.add('tmpfs', options.length === 0 ? target : `${target}:${options.join(',')}`, at);
}
