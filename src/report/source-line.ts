import type { Place } from '../errors/failure.ts';
import { displayWidth } from './display-width.ts';
import { plain } from './plain.ts';

/** The narrowest piece of a line that still says something. */
const narrowest = 20;

interface Cell {
  readonly text: string;
  readonly width: number;
}

/**
 * The source line of a place with a caret below its column, at most so many columns wide: a long line is cut around
 * the caret. Undefined for a place without line, column and text.
 */
export function sourceLine(
  place: Place,
  columns: number,
): readonly [line: string, caret: string] | undefined {
  const { line, column, text, textColumn = 1 } = place;
  if (line === undefined || column === undefined || text === undefined) return undefined;
  const gutter = `  ${line} | `;
  const caretAt = column - textColumn;
  const before = cells(text.slice(0, caretAt));
  const after = cells(text.slice(caretAt));
  const room = Math.max(narrowest, columns - gutter.length - 2);
  const left = cut(before.toReversed(), Math.max(Math.floor(room * 0.6), room - widthOf(after))).toReversed();
  const right = cut(after, room - widthOf(left));
  const leftMark = left.length < before.length || textColumn > 1 ? '…' : '';
  const rightMark = right.length < after.length ? '…' : '';
  const shown = `${leftMark}${textOf(left)}${textOf(right)}${rightMark}`;
  const indent = ' '.repeat(leftMark.length + widthOf(left));
  return [`${gutter}${shown}`.trimEnd(), `${' '.repeat(gutter.length - 2)}| ${indent}^`];
}

/** Characters as they are shown: a tab as four spaces, what a terminal would obey as an escape. */
function cells(text: string): readonly Cell[] {
  return Array.from(text, (character) => {
    const shown = character === '\t' ? '    ' : plain(character);
    return { text: shown, width: shown.length > character.length ? shown.length : displayWidth(shown) };
  });
}

/** The first cells that have room together. */
function cut(given: readonly Cell[], room: number): readonly Cell[] {
  let used = 0;
  const end = given.findIndex(({ width }) => (used += width) > room);
  return end === -1 ? given : given.slice(0, end);
}

function widthOf(given: readonly Cell[]): number {
  return given.reduce((sum, { width }) => sum + width, 0);
}

function textOf(given: readonly Cell[]): string {
  return given.map(({ text }) => text).join('');
}
