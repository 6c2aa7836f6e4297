import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { UnitSource } from './values.ts';

/** So far to the right stands where a line comes from; a longer line has it after two spaces. */
const column = 64;

/** `gear cat`: files under their paths, as systemctl shows them, and beside each line where it comes from. */
export function printSources(sources: readonly UnitSource[], style: Style): string {
  return sources
    .map(({ path, lines }) =>
      [
        style.dim(`# ${plain(path)}`),
        ...lines.map(({ text, from, place }) => {
          const shown = plain(text);
          const where = place === undefined ? '' : `, ${plain(place)}`;
          return from === null ? shown : `${shown.padEnd(column)}  ${style.dim(`← ${plain(from)}${where}`)}`;
        }),
      ].join('\n'),
    )
    .join('\n\n');
}
