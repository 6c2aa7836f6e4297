import { ok, type Result } from '../../../errors/failure.ts';
import type { Mount, Tmpfs } from '../../model/container.ts';
import { parseVolume } from '../mount.ts';
import { parseTmpfs } from '../tmpfs.ts';
import { refuse } from '../refuse.ts';
import { quote } from '../../../errors/quote.ts';
import { isRelativeSource, resolvePath } from './resolve-path.ts';
import type { ContainerInput } from './schema.ts';
import type { Scope } from './scope.ts';

/** The mounts of a container: binds with absolute sources, volumes by the engine's names. */
export function lowerMounts(scope: Scope, name: string, input: ContainerInput): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const [index, text] of (input.volumes ?? []).entries()) {
    const mount = scope.findings.take(parseMount(scope, text), ['containers', name, 'volumes', index]);
    if (mount !== undefined) mounts.push(mount);
  }
  return mounts;
}

function parseMount(scope: Scope, text: string): Result<Mount> {
  const [source = '', ...rest] = text.split(':');
  const absolute = isRelativeSource(source)
    ? [resolvePath(scope.context.directory, source), ...rest].join(':')
    : text;
  const mount = parseVolume(absolute, scope.context.directory, true);
  if (!mount.ok || mount.value.kind === 'bind') return mount;
  const volume = volumeName(scope, mount.value.source);
  if (volume.length < 2)
    return refuse(
      'VALUE_INVALID',
      `${quote(volume)} is too short for the name of a volume`,
      'name it with at least two characters',
    );
  return ok({ ...mount.value, source: volume });
}

/** The engine's name for a volume: Compose's rule, so that data which Compose made is found. */
export function volumeName({ app, input }: Pick<Scope, 'app' | 'input'>, key: string): string {
  const given =
    input.volumes !== undefined && Object.hasOwn(input.volumes, key) ? input.volumes[key] : undefined;
  return given?.name ?? (given?.external === true ? key : `${app}_${key}`);
}

/** The file systems in memory, by target. */
export function lowerTmpfs(scope: Scope, name: string, input: ContainerInput): readonly Tmpfs[] {
  if (input.tmpfs === undefined) return [];
  const texts = typeof input.tmpfs === 'string' ? [input.tmpfs] : input.tmpfs.map(String);
  const found = texts.flatMap((text, index) => {
    const path = ['containers', name, 'tmpfs', ...(typeof input.tmpfs === 'string' ? [] : [index])];
    return scope.findings.take(parseTmpfs(text), path) ?? [];
  });
  return found.toSorted((a, b) => (a.target < b.target ? -1 : 1));
}
