import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { ShownLabel } from './values-of-labels.ts';

/** What labels of an image would do, before they do it. */
export function printLabels(image: string, labels: readonly ShownLabel[], style: Style): string {
  return [
    style.bold(`The labels of ${plain(image)} ask for this, as root of this host:`),
    ...labels.map(({ label, words }) => `  ${label}: ${words.map(quoted).join(' ')}`),
  ].join('\n');
}

/** As it could be typed. */
function quoted(word: string): string {
  const shown = plain(word);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}
