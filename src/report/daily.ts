import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { PulledImage } from './values-of-images.ts';
import type { CopyReport, EnvironmentReport, InspectReport, VersionReport } from './values.ts';

/** `gear pull`: a line an image. */
export function printPulled(images: readonly PulledImage[], style: Style): string {
  return formatTable(
    images.map(({ image, engine, id, changed }) => [
      style.bold(plain(image)),
      engine,
      id.slice(7, 19),
      changed ? style.good('new') : style.dim('unchanged'),
    ]),
  );
}

/** `gear cp`. */
export function printCopy({ name, from, to, into }: CopyReport): string {
  return into
    ? `${plain(from)} copied to ${name}:${plain(to)}`
    : `${name}:${plain(from)} copied to ${plain(to)}`;
}

/** `gear inspect`: JSON, for it is all there is. */
export function printInspect(reports: readonly InspectReport[]): string {
  return JSON.stringify(reports, null, 2);
}

/** `gear env show`: lines that --env-file reads, where they can be; the rest as shown safely. */
export function printEnvironment({ variables }: EnvironmentReport): string {
  return Object.entries(variables)
    .map(([key, value]) => `${key}=${plain(value)}`)
    .join('\n');
}

/** `gear version`. */
export function printVersions({ gear, systemd, engines }: VersionReport): string {
  const shown = (version: string | number | null): string =>
    version === null ? 'does not answer' : String(version);
  return formatTable([
    ['gear', gear],
    ['systemd', shown(systemd)],
    ...engines.map(({ kind, version }) => [kind, shown(version)]),
  ]);
}
