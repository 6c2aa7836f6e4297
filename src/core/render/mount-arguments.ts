import type { Instance } from '../model/instance.ts';
import { ownerLabels } from './common-arguments.ts';
import { fileMountArguments } from './container-files.ts';

/** Everything that is mounted into the container and its init steps. */
export function mountArguments(instance: Instance): readonly string[] {
  return [
    ...givenMountArguments(instance),
    ...(instance.engine === 'docker' ? dockerVolumes(instance) : podmanVolumes(instance)),
  ];
}

/** The mounts that the user asked for: volumes, binds, file systems in memory, config files and secrets. */
export function givenMountArguments(instance: Instance): readonly string[] {
  const { mounts, tmpfs = [] } = instance.spec;
  const words: string[] = [];
  for (const { source, target, options } of mounts)
    words.push('--volume', withOptions(`${source}:${target}`, options));
  for (const { target, options } of tmpfs) words.push('--tmpfs', withOptions(target, options));
  words.push(...fileMountArguments(instance));
  return words;
}

/** The labels are for a volume that is gone (pruned): the engine then makes it anew, and it is still gear's. */
export function dockerVolumes(instance: Instance): readonly string[] {
  return instance.ownedVolumes.flatMap(({ name, target }) => {
    const owner = Object.entries(ownerLabels(instance)).map(
      ([label, value]) => `volume-label=${label}=${value}`,
    );
    return ['--mount', ['type=volume', `source=${name}`, csvField(`target=${target}`), ...owner].join(',')];
  });
}

/** Podman has no labels here: its gate makes an absent volume, with them, before the container. */
export function podmanVolumes({ ownedVolumes }: Instance): readonly string[] {
  return ownedVolumes.flatMap(({ name, target }) => [
    '--mount',
    `type=volume,source=${name},${csvField(`target=${target}`)}`,
  ]);
}

/** A field of --mount, which both engines read as a line of CSV (RFC 4180). */
function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function withOptions(mount: string, options: readonly string[]): string {
  return options.length === 0 ? mount : `${mount}:${options.join(',')}`;
}
