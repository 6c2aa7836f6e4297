import { isMap } from './compose/fields.ts';
import type { Path } from './document.ts';

/**
 * The item of a list or mapping of a descriptor that a line of a unit shows: its index or key. Null where none or more than
 * one of them can be meant, as with items that are not written as the line has them.
 */
export function statedItem(value: unknown, path: Path, line: string): string | number | null {
  const there = path.reduce<unknown>(
    (inside, key) => (isMap(inside) ? inside[String(key)] : undefined),
    value,
  );
  const items: readonly (readonly [string | number, string])[] = Array.isArray(there)
    ? there.flatMap((item, index) => (typeof item === 'string' ? [[index, item] as const] : []))
    : isMap(there)
      ? Object.keys(there).map((key) => [key, key] as const)
      : [];
  const shown = items.filter(([, text]) => hasWord(line, text));
  return shown.length === 1 ? (shown[0]?.[0] ?? null) : null;
}

/** Whether the text stands in the line with nothing of a longer name or number beside it. */
function hasWord(line: string, text: string): boolean {
  const at = line.indexOf(text);
  if (text === '' || at === -1) return false;
  const isPart = (character: string | undefined): boolean => /[\w.-]/.test(character ?? '');
  return !isPart(line[at - 1]) && !isPart(line[at + text.length]);
}
