import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { isOn, parseFields, unknownField } from './csv.ts';
import { parseVolume } from './mount.ts';
import { parseSize } from './options/sizes.ts';
import { refuse } from './refuse.ts';
import type { SpecChange } from './spec-change.ts';
import { parseTmpfs } from './tmpfs.ts';

const example = 'type=bind,source=/srv,target=/data,readonly';

/** What the fields of --mount mean, under the names that they are read as. */
const meanings: Readonly<Record<string, string>> = {
  type: 'type',
  ...{ source: 'source', src: 'source' },
  ...{ target: 'target', destination: 'target', dst: 'target' },
  ...{ readonly: 'readonly', ro: 'readonly' },
  ...{ 'bind-propagation': 'propagation', 'volume-nocopy': 'nocopy', relabel: 'relabel' },
  ...{ u: 'chown', chown: 'chown' },
  ...{ 'tmpfs-size': 'size', 'tmpfs-mode': 'mode' },
};

/** Fields that engines know and gear does not pass on, with what serves instead. */
const refused: Readonly<Record<string, string>> = {
  'volume-driver': 'declare the volume in a descriptor, under volumes',
  'volume-opt': 'declare the volume in a descriptor, under volumes',
  'volume-label': 'declare the volume in a descriptor, under volumes',
  'volume-subpath': 'mount the whole volume, or bind the path',
  'bind-nonrecursive': 'leave it out: mounts below the source are seen too',
  'bind-recursive': 'leave it out: mounts below the source are seen too',
  consistency: 'leave it out: it means nothing on Linux',
};

type Mounted = Readonly<Record<string, string>>;

/** Reads `docker run --mount`: a bind, a named volume or a file system in memory. VALUE_INVALID or BIND_SOURCE otherwise. */
export function parseMountFields(text: string, directory: string): Result<SpecChange> {
  const fields = parseFields(text, example);
  if (!fields.ok) return fields;
  const failures: Failure[] = [];
  const given: Record<string, string> = {};
  for (const [name, value] of fields.value) {
    const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
    if (meaning !== undefined) given[meaning] = value;
    else failures.push(...unknown(name));
  }
  if (failures.length > 0) return err(...failures);
  return mountOf(given, directory);
}

function unknown(name: string): readonly Failure[] {
  const instead = Object.hasOwn(refused, name) ? refused[name] : undefined;
  const failure =
    instead === undefined
      ? unknownField(name, Object.keys(meanings))
      : refuse('VALUE_INVALID', `gear does not pass on ${quote(name)}`, instead);
  return failure.ok ? [] : failure.failures;
}

function mountOf(given: Mounted, directory: string): Result<SpecChange> {
  const { type = 'volume', source = '', target = '' } = given;
  if (/[:,]/.test(`${source}${target}`))
    return refuse('VALUE_INVALID', 'a path of a mount holds ":" or ","', 'give the path another name');
  if (type === 'tmpfs') return tmpfsOf(given);
  if (type !== 'bind' && type !== 'volume')
    return refuse('VALUE_INVALID', `${quote(type)} is no type of a mount`, 'use bind, volume or tmpfs');
  if (target === '') return refuse('VALUE_INVALID', 'the mount has no target', `write it as ${example}`);
  const misplaced = type === 'bind' ? ['nocopy', 'size', 'mode'] : ['propagation', 'size', 'mode'];
  const foreign = misplaced.find((name) => given[name] !== undefined);
  if (foreign !== undefined) return notFor(foreign, type);
  if (type === 'bind' ? !/^[/~.]/.test(source) : /[/~]|^\./.test(source))
    return refuse(
      'VALUE_INVALID',
      source === '' ? 'the mount has no source' : `${quote(source)} is no source of a ${type}`,
      type === 'bind' ? `write it as ${example}` : 'write it as type=volume,source=data,target=/data',
    );
  const options = optionsOf(given);
  if (!options.ok) return options;
  const volume = parseVolume([source, target, ...options.value].join(':'), directory);
  return volume.ok ? ok({ mounts: [volume.value] }) : volume;
}

/** The options as -v spells them, in one field; none when there are none. */
function optionsOf(given: Mounted): Result<readonly string[]> {
  const options: string[] = [];
  for (const [name, option] of [
    ['readonly', 'ro'],
    ['nocopy', 'nocopy'],
    ['chown', 'U'],
  ] as const) {
    const value = given[name];
    const on = value === undefined ? false : isOn(value);
    if (on === undefined)
      return refuse(
        'VALUE_INVALID',
        `${quote(value ?? '')} is neither true nor false`,
        `write ${name} alone`,
      );
    if (on) options.push(option);
  }
  const { propagation, relabel } = given;
  if (propagation !== undefined) options.push(propagation);
  if (relabel !== undefined && relabel !== 'shared' && relabel !== 'private')
    return refuse('VALUE_INVALID', `${quote(relabel)} is no way to relabel`, 'use shared or private');
  if (relabel !== undefined) options.push(relabel === 'shared' ? 'z' : 'Z');
  return ok(options.length === 0 ? [] : [options.join(',')]);
}

function tmpfsOf(given: Mounted): Result<SpecChange> {
  const { target = '', size, mode, readonly } = given;
  const foreign = ['source', 'propagation', 'nocopy', 'relabel', 'chown'].find(
    (name) => given[name] !== undefined,
  );
  if (foreign !== undefined) return notFor(foreign, 'tmpfs');
  const bytes = size === undefined ? undefined : parseSize(size);
  if (bytes?.ok === false) return bytes;
  const options = [
    ...(bytes === undefined ? [] : [`size=${bytes.value}`]),
    ...(mode === undefined ? [] : [`mode=${mode}`]),
    ...(readonly === undefined || isOn(readonly) === false ? [] : ['ro']),
  ];
  const tmpfs = parseTmpfs(options.length === 0 ? target : `${target}:${options.join(',')}`);
  return tmpfs.ok ? ok({ tmpfs: [tmpfs.value] }) : tmpfs;
}

function notFor(name: string, type: string): Result<never> {
  return refuse('VALUE_INVALID', `${quote(name)} is not for a mount of type ${type}`, 'take it away');
}
