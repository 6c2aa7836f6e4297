import type { Mount, Tmpfs } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { hasControlCharacter } from './escape.ts';

/** Why what is mounted cannot be given to the engine, which takes mounts apart at colons and commas. */
export function reasonsAgainstMounts({ spec, ownedVolumes }: Instance): readonly string[] {
  const reasons: string[] = [];
  for (const mount of spec.mounts) reasons.push(...reasonAgainstMount(mount));
  for (const mount of spec.tmpfs ?? []) reasons.push(...reasonAgainstMount(mount));
  for (const { target } of ownedVolumes)
    if (hasControlCharacter(target)) reasons.push('a volume has a control character');
  return reasons;
}

/** Why config files and secrets cannot be put in place. */
export function reasonsAgainstFiles({ files = [], secrets = [] }: Instance): readonly string[] {
  if (files.length + secrets.length === 0) return [];
  const targets = files.flatMap(({ target }) => [
    ...reasonAgainstMount({ target, options: [] }),
    ...(isPlainPath(target) ? [] : [`the config file ${JSON.stringify(target)} has no plain absolute path`]),
  ]);
  const names = secrets.flatMap(({ name, file }) => [name, file]).filter((name) => !isPlainName(name));
  const modes = [...files, ...secrets].filter(
    ({ mode }) => !Number.isInteger(mode) || mode < 0 || mode > 0o7777,
  );
  return [
    ...targets,
    ...names.map((name) => `${JSON.stringify(name)} is no name of a secret, or of a file for one`),
    ...modes.map(() => 'a file has a mode that is none'),
  ];
}

function reasonAgainstMount(mount: Mount | Tmpfs): readonly string[] {
  const { target, options } = mount;
  const parts = ['source' in mount ? mount.source : '', target, ...options];
  if (parts.some(hasControlCharacter))
    return [`the mount on ${JSON.stringify(target)} has a control character`];
  if (parts.some((part) => part.includes(':')))
    return [`the mount on ${JSON.stringify(target)} has a ":" in a path`];
  if (options.some((option) => option.includes(','))) return ['a mount option has a comma'];
  return [];
}

function isPlainPath(path: string): boolean {
  return /^\/[^/]/.test(path) && !path.split('/').some((part) => part === '..' || part === '.');
}

/** Also what systemd takes as the name of a credential. */
function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}$/.test(name);
}
