import { formatBytes } from './bytes.ts';
import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { BackupReport, RestoreReport, VolumeRow } from './values-of-volumes.ts';

/** `gear volume ls`: a table. */
export function printVolumes(rows: readonly VolumeRow[], style: Style): string {
  if (rows.length === 0) return 'No container of this host has a volume.';
  const header = ['NAME', 'ENGINE', 'MADE BY', 'USED BY', ''].map(style.dim);
  const body = rows.map(({ name, engine, owned, usedBy, interrupted }) => [
    style.bold(plain(name)),
    engine,
    owned ? 'gear' : 'others',
    usedBy.length === 0 ? style.dim('nobody') : usedBy.join(', '),
    interrupted
      ? style.bad(inScope(`a restore was interrupted: gear volume restore ${plain(name)} FILE`))
      : '',
  ]);
  return formatTable([header, ...body]);
}

/** `gear volume backup`, once it is done. */
export function printBackup({ volume, file, bytes, sha256, warnings }: BackupReport, style: Style): string {
  return [
    `${style.bold(plain(volume))} ${style.good('saved')}${file === '-' ? '' : ` in ${plain(file)}`}, ${formatBytes(bytes)}, sha256 ${sha256.slice(0, 12)}`,
    ...warnings.map((line) => style.warn(`  ${plain(line)}`)),
  ].join('\n');
}

/** `gear volume restore`, once it is done. */
export function printRestore({ volume, made, verified }: RestoreReport, style: Style): string {
  const how = verified ? 'its checksum holds' : 'the archive has no checksum';
  return `${style.bold(plain(volume))} ${style.good('restored')}${made ? ', made anew' : ''}; ${how}`;
}
