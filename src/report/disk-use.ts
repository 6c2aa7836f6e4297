import { formatBytes } from './bytes.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { DiskReport } from './values-of-use.ts';

/** `gear df`: a table, and what gear itself has. */
export function printDiskUse(report: DiskReport, style: Style): string {
  const { containers, unusedVolumes, generations, files, clean } = report;
  const header = ['CONTAINER', 'IMAGE', 'WRITTEN', 'VOLUMES'].map(style.dim);
  const body = containers.map(({ name, imageBytes, imageSharedWith, layerBytes, volumes }) => [
    style.bold(plain(name)),
    `${size(imageBytes)}${imageSharedWith.length === 0 ? '' : style.dim(' shared')}`,
    size(layerBytes),
    volumes.map((volume) => `${plain(volume.name)} ${size(volume.bytes)}`).join(', '),
  ]);
  const own = [
    ['generations', String(generations.count), formatBytes(generations.bytes)],
    ['files', String(files.count), formatBytes(files.bytes)],
    ...unusedVolumes.map(({ name, bytes }) => ['volume of nobody', plain(name), size(bytes)]),
  ];
  return [
    ...(containers.length === 0 ? [] : [formatTable([header, ...body]), '']),
    formatTable(own),
    clean.things === 0
      ? style.dim('gear clean has nothing to remove')
      : `gear clean would remove ${String(clean.things)} ${clean.things === 1 ? 'thing' : 'things'}, and free ${formatBytes(clean.bytes)} of images`,
  ].join('\n');
}

function size(bytes: number | null): string {
  return bytes === null ? '-' : formatBytes(bytes);
}
