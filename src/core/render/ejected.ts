import type { Instance } from '../model/instance.ts';
import { paths } from '../model/paths.ts';
import { configFilePath, secretFilePath } from './container-files.ts';

/** Where an ejected container keeps what its unit needs: gates, environment, an empty Docker configuration. */
export function ejectedFolder(instance: string): string {
  return `${paths.ejected}/${instance}`;
}

/**
 * The text of a unit that no longer needs gear: the same directives, with gear's own paths led to the container's
 * folder. Those paths are constants of gear, which stand in its units and in nothing that a user gives.
 */
export function ejectText(text: string, instance: Instance): string {
  const folder = ejectedFolder(instance.name);
  const kept = [
    ...(instance.files ?? []).map(({ hash }) => configFilePath(hash)),
    ...(instance.secrets ?? []).map(({ hash }) => secretFilePath(hash)),
  ];
  const moved: readonly (readonly [string, string])[] = [
    [`${paths.current}/gates/`, `${folder}/gates/`],
    ...kept.map((file) => [file, file.replace(paths.files, `${folder}/files`)] as const),
    ...(instance.environmentFile === null
      ? []
      : [[`${paths.files}/${instance.environmentFile}`, `${folder}/environment`] as const]),
    [paths.emptyConfig, `${folder}/empty`],
  ];
  return moved
    .reduce((changed, [from, to]) => changed.replaceAll(from, to), text)
    .replace(/^# .*\n/, `# Left by gear, which no longer manages it: yours to edit.\n`);
}
