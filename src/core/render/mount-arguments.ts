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
  return [
    ...mounts.flatMap(({ source, target, options }) => [
      '--volume',
      [source, target, ...joined(options)].join(':'),
    ]),
    ...tmpfs.flatMap(({ target, options }) => ['--tmpfs', [target, ...joined(options)].join(':')]),
    ...fileMountArguments(instance),
  ];
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

function joined(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [options.join(',')];
}
