import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { Mount } from '../model/container.ts';
import { refuse } from './refuse.ts';

/** How mounts below a bind reach its other side: mount_namespaces(7). */
const propagations: readonly string[] = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];
const options: readonly string[] = ['ro', 'rw', 'z', 'Z', 'U', 'nocopy', ...propagations];
const exclusive: readonly (readonly string[])[] = [['ro', 'rw'], ['z', 'Z'], propagations];

const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/;
const volumeKey = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/;

/**
 * Reads `NAME:/path[:OPTIONS]` or `/host/path:/path[:OPTIONS]`. `directory` is what a relative source is relative to,
 * for the spelling that is suggested. A name has two letters at least, as Docker wants it; `isKey`: one, for the app's
 * name is put before it. VALUE_INVALID, or BIND_SOURCE for a relative source.
 */
export function parseVolume(text: string, directory: string, isKey = false): Result<Mount> {
  const [source = '', target, optionList, ...more] = text.split(':');
  if (/[\p{Cc}]/u.test(text))
    return refuse('VALUE_INVALID', 'the volume holds control characters', 'write it as data:/var/lib/data');
  if (more.length > 0)
    return refuse('VALUE_INVALID', 'there are too many ":"', 'write it as SOURCE:/path or SOURCE:/path:ro');
  if (target === undefined) return noTarget(source);
  if (!target.startsWith('/') || tidy(target) === '/')
    return refuse(
      'VALUE_INVALID',
      `${quote(target)} is no place in a container`,
      'give an absolute path below /',
    );
  if (climbs(target) || climbs(source))
    return refuse('VALUE_INVALID', 'the path holds ".."', 'write the path that it leads to');
  const parsed = parseOptions(optionList);
  if (!parsed.ok) return parsed;
  if (source.startsWith('/')) {
    if (!parsed.value.includes('nocopy'))
      return ok({ kind: 'bind', source: tidy(source), target: tidy(target), options: parsed.value });
    return refuse('VALUE_INVALID', 'only a new named volume is copied into', 'take nocopy away');
  }
  if (/[/~]|^\./.test(source)) return relative(source, directory);
  if (!(isKey ? volumeKey : volumeName).test(source))
    return refuse(
      'VALUE_INVALID',
      source === '' ? 'the source is missing' : `${quote(source)} cannot be the name of a volume`,
      'name it with letters, digits, "_", "." and "-", at least two, or give an absolute path',
    );
  const spread = parsed.value.find((option) => propagations.includes(option));
  if (spread !== undefined)
    return refuse(
      'VALUE_INVALID',
      `${quote(spread)} is for paths of the host, and ${quote(source)} is a named volume`,
      `take ${spread} away`,
    );
  return ok({ kind: 'volume', source, target: tidy(target), options: parsed.value });
}

function noTarget(text: string): Result<never> {
  if (text.startsWith('/'))
    return refuse(
      'VALUE_INVALID',
      `a volume without a name would be lost to whoever looks for the data in ${quote(text)}`,
      `name it: data:${tidy(text)}`,
    );
  return refuse('VALUE_INVALID', `${quote(text)} does not say where to mount`, `write it as SOURCE:/path`);
}

function relative(source: string, directory: string): Result<never> {
  const home = source.startsWith('~');
  const below = source.replace(/^(\.\/)+|^\.$/, '');
  return refuse(
    'BIND_SOURCE',
    `${quote(source)} is ${home ? 'for a shell to expand' : 'relative'}, and a unit runs in no folder of yours`,
    home ? 'give the absolute path' : `give the absolute path: ${quote(tidy(`${directory}/${below}`))}`,
  );
}

function parseOptions(text: string | undefined): Result<readonly string[]> {
  const given = text === undefined ? [] : [...new Set(text.split(','))];
  const unknown = given.find((option) => !options.includes(option));
  if (unknown !== undefined)
    return refuse('VALUE_INVALID', `${quote(unknown)} is not an option of a volume`, 'use ro, rw, z, Z or U');
  const contrary = exclusive
    .map((set) => set.filter((option) => given.includes(option)))
    .find((found) => found.length > 1);
  if (contrary !== undefined)
    return refuse(
      'VALUE_INVALID',
      `the options ${contrary.join(' and ')} exclude each other`,
      'give one of them',
    );
  // rw is what holds without it, so it is the same mount.
  return ok(given.filter((option) => option !== 'rw').sort());
}

function climbs(path: string): boolean {
  return path.split('/').includes('..');
}

/** Without doubled, leading-dot or closing slashes; ".." is left, as links decide what it means. */
function tidy(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}
