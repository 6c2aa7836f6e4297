import { quote } from '../../../errors/quote.ts';
import { mountText, tmpfsText } from '../../model/spec-differences.ts';
import { parseMountFields } from '../mount-fields.ts';
import { resolvePath } from '../native/resolve-path.ts';
import { asToggle, asTexts, keptAll, kept, near, type QuadletKey, toggleOf } from './key.ts';
import type { QuadletContainer } from './quadlet-container.ts';
import { lastOf, type Value } from './quadlet-unit.ts';
import { resourceName } from './resource-name.ts';

const understood: readonly string[] = [
  'ro',
  'z',
  'Z',
  'U',
  'nocopy',
  'private',
  'rprivate',
  'shared',
  'rshared',
  'slave',
  'rslave',
];
/** What holds without it. */
const usual: readonly string[] = ['rw', 'rbind', 'bind', 'copy', 'exec', 'suid', 'dev'];

/** What a container has mounted. */
export const storageKeys: readonly QuadletKey[] = [
  keptAll(
    'Volume',
    'volumes',
    (container, value) => volume(container, container.filled(value), value),
    'one without a source gets a name; overlays, idmap and noexec are refused',
  ),
  keptAll('Mount', 'volumes, tmpfs', readMount, 'types bind, volume and tmpfs; the others are refused'),
  asTexts('Tmpfs', 'tmpfs'),
  asToggle('ReadOnly', 'read_only'),
  kept(
    'ReadOnlyTmpfs',
    'tmpfs',
    (container, value) => {
      if (toggleOf(container, value) === false)
        container.approximate(
          value.path,
          'Docker has none; Podman mounts them for ReadOnly=true in any case',
        );
    },
    'with ReadOnly=true /run, /tmp and /var/tmp are in memory, with either engine',
  ),
  near('VolatileTmp', 'tmpfs', 'a file system in memory on /tmp', (container, value) => {
    if (toggleOf(container, value) !== true) return;
    container.add('tmpfs', '/tmp', value.path);
    container.approximate(value.path, 'a file system in memory on /tmp');
  }),
];

/** Podman puts file systems in memory where programs write, when all else is read-only. */
export function finishStorage(container: QuadletContainer): void {
  const { unit, native } = container;
  const readOnly = lastOf(unit, 'Container', 'ReadOnly');
  const tmpfs = lastOf(unit, 'Container', 'ReadOnlyTmpfs');
  if (readOnly === undefined || native['read_only'] !== true) return;
  if (tmpfs !== undefined && toggleOf(container, tmpfs) === false) return;
  const taken = [...((native['volumes'] ?? []) as string[]), ...((native['tmpfs'] ?? []) as string[])];
  for (const target of ['/run', '/tmp', '/var/tmp'])
    if (!taken.some((each) => each.split(':').includes(target)))
      container.add('tmpfs', target, readOnly.path);
}

/** SOURCE:TARGET[:OPTIONS], where SOURCE may be a file of Quadlet's, a path relative to this one, or missing. */
export function volume(container: QuadletContainer, text: string, value: Value): void {
  const [source = '', target, given = ''] = text.split(':');
  if (target === undefined) {
    const slug = source.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    const name = `${container.container}-${slug.toLowerCase() || 'data'}`;
    container.add('volumes', `${name}:${source}`, value.path);
    container.approximate(value.path, `the volume gets the name ${name}, so that its data is found again`);
    return;
  }
  const options = given.split(',').filter((option) => option !== '' && !usual.includes(option));
  for (const option of options.filter((each) => !understood.includes(each)))
    container.refuse(
      value.path,
      `gear mounts without ${quote(option)}`,
      'take it away, or mount the path on the host',
    );
  const from = sourceOf(container, source, value);
  if (from === undefined) return;
  const modes = options.filter((option) => understood.includes(option));
  container.add(
    'volumes',
    [from, target, ...(modes.length === 0 ? [] : [modes.join(',')])].join(':'),
    value.path,
  );
}

function sourceOf(container: QuadletContainer, source: string, value: Value): string | undefined {
  if (source.endsWith('.volume')) {
    const unit = container.other(source, value);
    return unit === undefined ? undefined : resourceName(unit, container.unit);
  }
  if (source.startsWith('/')) return source;
  if (source.startsWith('.')) return resolvePath(container.reader.context.directory, source);
  if (source.startsWith('~')) return source.replace('~', '/root');
  declareVolume(container, source, value);
  return source;
}

/** A volume that Podman itself would make, under just this name. */
function declareVolume(container: QuadletContainer, name: string, { path }: Value): void {
  if (container.all.volumes.has(name)) return;
  container.all.volumes.set(name, { name });
  container.reader.places.set(['volumes', name], path);
}

function readMount(container: QuadletContainer, value: Value): void {
  const text = container.filled(value);
  const [, type = 'volume'] = /(?:^|,)type=([^,]*)/.exec(text) ?? [];
  if (!['bind', 'volume', 'tmpfs'].includes(type)) {
    container.refuse(
      value.path,
      `gear mounts volumes, paths and tmpfs, and not ${quote(type)}`,
      'use one of those',
    );
    return;
  }
  const [, field = '', source = ''] = /((?:^|,)(?:source|src)=)([^,]*)/.exec(text) ?? [];
  const named = source === '' || type === 'tmpfs' ? '' : sourceOf(container, source, value);
  if (named === undefined) return;
  const read = parseMountFields(
    field === '' ? text : text.replace(`${field}${source}`, `${field}${named}`),
    container.reader.context.directory,
  );
  if (!read.ok) {
    for (const { code, message, next } of read.failures)
      container.reader.fail(value.path, code, message, next);
    return;
  }
  for (const mount of read.value.mounts ?? []) container.add('volumes', mountText(mount), value.path);
  for (const tmpfs of read.value.tmpfs ?? []) container.add('tmpfs', tmpfsText(tmpfs), value.path);
}
