import { formatBytes } from './bytes.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { MoveReport } from './values.ts';

/** Where the app is now, and what stays where it was. */
export function printMove(
  { app, from, to, instances, kept, bytes, already }: MoveReport,
  style: Style,
): string {
  const name = style.bold(plain(app));
  if (already) return `${name} is on ${plain(to)} already`;
  const held = instances.filter(({ result }) => result === 'held').map((each) => plain(each.name));
  const copied = bytes === 0 ? '' : `, ${formatBytes(bytes)} of data copied`;
  return [
    `${name} ${style.good(`moved from ${plain(from)} to ${plain(to)}`)}${copied}`,
    ...(held.length === 0 ? [] : [`  held there as before: ${held.join(', ')}`]),
    ...(kept.length === 0
      ? []
      : [
          `  ${plain(from)} keeps ${kept.map(plain).join(', ')}; to delete them: gear rm ${plain(from)}/${plain(app)} --volumes`,
        ]),
  ].join('\n');
}
