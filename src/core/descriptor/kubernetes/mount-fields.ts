import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import type { Fields } from '../foreign/foreign-reader.ts';
import { type Field, kept } from './field.ts';
import type { KubeContainer, Source } from './kube-container.ts';

/** What a container has mounted of the volumes of its pod. */
export const mountFields: readonly Field<KubeContainer>[] = [
  kept(
    'volumeMounts',
    'volumes, tmpfs, files, secrets',
    (container, value, path) => {
      for (const [item, at] of container.reader.list(value, path)) readMount(container, item, at);
    },
    'subPath of files and paths of the host; of other volumes it is refused',
  ),
];

const mountKeys = [
  ...['name', 'mountPath', 'subPath', 'subPathExpr', 'readOnly', 'recursiveReadOnly', 'mountPropagation'],
];

/** How mounts spread, as `docker run -v` says it. */
const propagations: Readonly<Record<string, string>> = {
  HostToContainer: 'rslave',
  Bidirectional: 'rshared',
};

function readMount(container: KubeContainer, item: unknown, at: Path): void {
  const { reader, pod } = container;
  const fields = reader.fields(item, at, mountKeys) ?? {};
  const name = reader.text(fields['name'], [...at, 'name']);
  const target = reader.text(fields['mountPath'], [...at, 'mountPath']);
  if (name === undefined || target === undefined) return;
  const source = pod.volumes.get(name);
  if (source === undefined) {
    const near = nearest(name, [...pod.volumes.keys()]);
    reader.fail(
      [...at, 'name'],
      'VALUE_INVALID',
      `the pod has no volume ${quote(name)}`,
      near === undefined ? 'add it under volumes' : `did you mean ${near}?`,
    );
    return;
  }
  mount(container, source, { target: target.replace(/(.)\/+$/, '$1'), fields }, at);
}

interface Mounted {
  readonly target: string;
  readonly fields: Fields;
}

function mount(container: KubeContainer, source: Source, { target, fields }: Mounted, at: Path): void {
  const { reader } = container;
  const subPath = reader.textOf(fields, 'subPath', at);
  const readOnly = reader.toggleOf(fields, 'readOnly', at) === true;
  const propagation = reader.oneOf(fields, 'mountPropagation', at, ['None', ...Object.keys(propagations)]);
  const recursive = ['Disabled', 'IfPossible', 'Enabled'];
  if (reader.oneOf(fields, 'recursiveReadOnly', at, recursive) === 'Enabled')
    container.refuse(
      [...at, 'recursiveReadOnly'],
      'what is mounted below stays writable',
      'take it away, or write IfPossible',
    );
  if (fields['subPathExpr'] !== undefined)
    container.refuse([...at, 'subPathExpr'], 'gear mounts whole volumes', 'write the path');
  const spreads = source.kind === 'mount' && source.source.startsWith('/');
  if (propagation !== undefined && propagation !== 'None' && !spreads)
    container.approximate([...at, 'mountPropagation'], 'left out: only paths of the host have it');
  switch (source.kind) {
    case 'files':
      giveFiles(container, source, target, subPath, at);
      return;
    case 'secrets':
      if (!/^\/(var\/)?run\/secrets(\/|$)/.test(target)) {
        container.refuse(
          at,
          `the Secret ${source.secret} is not given, and gear puts secrets of the host into /run/secrets`,
          'add the Secret, or mount it there',
        );
        return;
      }
      container.add('secrets', source.secret, at);
      container.approximate(at, `the secret ${source.secret} of the host at /run/secrets/${source.secret}`);
      return;
    case 'tmpfs': {
      if (subPath !== undefined) refuseSubPath(container, at);
      const options = [...source.options, ...(readOnly ? ['ro'] : [])];
      container.add('tmpfs', [target, ...(options.length === 0 ? [] : [options.join(',')])].join(':'), at);
      return;
    }
    case 'none':
      return;
    case 'mount': {
      if (subPath !== undefined && !source.source.startsWith('/')) {
        refuseSubPath(container, at);
        return;
      }
      const mode = propagation === undefined || !spreads ? undefined : propagations[propagation];
      const options = [
        ...(readOnly || source.readOnly === true ? ['ro'] : []),
        ...(mode === undefined ? [] : [mode]),
      ];
      const from = subPath === undefined ? source.source : `${source.source.replace(/\/$/, '')}/${subPath}`;
      container.add(
        'volumes',
        [from, target, ...(options.length === 0 ? [] : [options.join(',')])].join(':'),
        at,
      );
    }
  }
}

function refuseSubPath(container: KubeContainer, at: Path): void {
  container.refuse(
    [...at, 'subPath'],
    'the engines of gear mount whole volumes',
    'mount the volume, and use the path in it',
  );
}

function giveFiles(
  container: KubeContainer,
  { contents, mode }: Extract<Source, { kind: 'files' }>,
  target: string,
  subPath: string | undefined,
  at: Path,
): void {
  const given = { ...(mode === undefined ? {} : { mode }) };
  const one = subPath === undefined ? undefined : contents[subPath];
  if (one !== undefined) container.add('files', { target, content: one, ...given }, at);
  else if (subPath !== undefined)
    container.reader.fail(
      [...at, 'subPath'],
      'VALUE_INVALID',
      `the volume holds no ${quote(subPath)}`,
      `it holds ${Object.keys(contents).join(', ')}`,
    );
  else
    for (const [name, content] of Object.entries(contents))
      container.add('files', { target: `${target === '/' ? '' : target}/${name}`, content, ...given }, at);
}
