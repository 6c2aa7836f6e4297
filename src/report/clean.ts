import { formatBytes } from './bytes.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { CleanReport, Removal, UninstallReport } from './values.ts';

/** What goes, one line each, with why. */
export function printRemovals(removals: readonly Removal[], style: Style): string {
  const bytes = removals.reduce((sum, each) => sum + each.bytes, 0);
  const table = formatTable(
    removals.map(({ kind, subject, reason, bytes: size }) => [
      nouns[kind] ?? plain(kind.replace('.', ' ')),
      style.bold(plain(subject)),
      size === 0 ? '' : formatBytes(size),
      style.dim(plain(reason)),
    ]),
  );
  return bytes === 0 ? table : `${table}\n${formatBytes(bytes)} become free`;
}

/** What an operation is about, for people; `--json` has its kind. */
const nouns: Readonly<Record<string, string>> = {
  'generation.erase': 'old generation',
  'file.erase': 'environment file',
  'data.erase': 'config file or secret',
  'image.untag': 'name of an image',
  'image.remove': 'image',
  'container.remove': 'container',
  'parcel.remove': 'layers',
  'network.remove': 'network',
  'link.remove': 'link',
  'unit.stop': 'running unit',
  'unit.forget': 'failed unit',
  'state.erase': 'all of gear',
  'generation.write': 'new generation',
  'generation.swap': 'switch',
  'systemd.reload': 'reload',
  'link.make': 'missing link',
  'container.create': 'missing container',
  'network.ensure': 'missing network',
  'volume.ensure': 'missing volume',
  'image.tag': 'missing name of an image',
  'image.note': 'note of an image',
};

/** `gear clean`. */
export function printClean({ removals, declined }: CleanReport, style: Style): string {
  if (declined) return 'Nothing was removed.';
  if (removals.length === 0) return 'There is nothing to remove.';
  return printRemovals(removals, style);
}

/** What `gear uninstall --all` is about to take away. */
export function printUninstallPlan(
  { containers, volumes }: Omit<UninstallReport, 'declined'>,
  style: Style,
): string {
  return [
    style.bad(`remove ${count(containers.length, 'container')} and all of gear's state on this host`),
    ...containers.map((name) => `  ${plain(name)}`),
    ...(volumes.length === 0 ? [] : [`${count(volumes.length, 'volume')} with data stay`]),
  ].join('\n');
}

/** What `gear eject` is about to leave, where it is everything. */
export function printEjectPlan(leaving: readonly string[], style: Style): string {
  return [
    style.bad(
      `leave ${count(leaving.length, 'container')} to systemd alone, and remove all of gear's state on this host`,
    ),
    ...leaving.map((name) => `  ${plain(name)}`),
    'They run on. gear does not take them back: to keep their descriptors, first: gear export APP',
  ].join('\n');
}

/** `gear uninstall --all`. */
export function printUninstall({ containers, volumes, declined }: UninstallReport): string {
  if (declined) return 'Nothing was removed.';
  return [
    `${count(containers.length, 'container')} removed; nothing of gear is left${volumes.length === 0 ? '' : ' but volumes:'}`,
    ...volumes.map((name) => `  ${plain(name)}`),
  ].join('\n');
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
