import {
  asText,
  asTexts,
  asToggle,
  asWords,
  kept,
  leftOut,
  near,
  nearAll,
  type QuadletKey,
  refused,
  wordsOf,
} from './key.ts';
import { imageOf } from './image-of.ts';
import type { QuadletContainer } from './quadlet-container.ts';
import { lastOf, type Value } from './quadlet-unit.ts';

/** What runs, as whom. */
export const processKeys: readonly QuadletKey[] = [
  kept(
    'Image',
    'image',
    (container, value) => {
      const image = imageOf(container, value);
      if (image !== undefined) container.set('image', image, value.path);
    },
    'that of an .image or .build file is the name that it gives',
  ),
  refused('Rootfs', 'gear runs images', 'make an image of it: tar -C FOLDER -c . | podman import - NAME'),
  kept(
    'Exec',
    'command',
    (container, value) => {
      const words = wordsOf(container, value).map((word) => word.replaceAll('$$', '$'));
      if (words.length > 0) container.set('command', words, value.path);
      if (/(^|[^$])\$(\$\$)*[A-Za-z_{]/.test(value.text))
        container.approximate(value.path, 'a variable of the unit stays as it is written: write its value');
    },
    '`$$` is a dollar sign; variables of the unit are not filled in',
  ),
  kept('Entrypoint', 'entrypoint', (container, value) => {
    const words = jsonWords(container.filled(value));
    container.set('entrypoint', words ?? [container.filled(value)], value.path);
  }),
  kept('User', 'user', (container, value) => {
    const group = lastOf(container.unit, 'Container', 'Group');
    const user = container.filled(value);
    container.set('user', group === undefined ? user : `${user}:${container.filled(group)}`, value.path);
  }),
  kept('Group', 'user', (container, { path }) => {
    if (lastOf(container.unit, 'Container', 'User') === undefined)
      container.reader.fail(path, 'VALUE_INVALID', 'Group= without User= has no meaning', 'add User=');
  }),
  asTexts('GroupAdd', 'group_add'),
  asText('WorkingDir', 'working_dir'),
  asToggle('RunInit', 'init_process'),
  asText('HostName', 'hostname'),
  asText('UserNS', 'userns'),
  ...(['UIDMap', 'GIDMap'] as const).map((name) => asWords(name, name.toLowerCase())),
  ...(['SubUIDMap', 'SubGIDMap'] as const).map((name) =>
    asText(name, name === 'SubUIDMap' ? 'subuidname' : 'subgidname'),
  ),
  near('RemapUsers', 'userns', 'the older way to write UserNS', (container, value) => {
    container.set('userns', value.text === 'manual' ? 'private' : value.text, value.path);
    container.approximate(value.path, 'the older way to write UserNS');
  }),
  nearAll('RemapUid', 'uidmap', 'with RemapUsers=manual; else left out', (container, value) =>
    remap(container, value, 'uidmap'),
  ),
  nearAll('RemapGid', 'gidmap', 'with RemapUsers=manual; else left out', (container, value) =>
    remap(container, value, 'gidmap'),
  ),
  leftOut('RemapUidSize', 'left out: write UserNS=auto:size=NUMBER'),
  leftOut('CgroupsMode', 'left out: it runs in the cgroup of its unit', ['split']),
  asText('StopSignal', 'stop_signal'),
  kept('StopTimeout', 'stop_timeout', (container, value) =>
    container.set('stop_timeout', `${value.text}s`, value.path),
  ),
];

function remap(container: QuadletContainer, value: Value, to: string): void {
  if (lastOf(container.unit, 'Container', 'RemapUsers')?.text === 'manual')
    for (const word of wordsOf(container, value)) container.add(to, word, value.path);
  else container.approximate(value.path, 'left out: write it with UserNS=auto:uidmapping=…');
}

/** Words as a list of JSON; undefined for anything else. */
export function jsonWords(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
