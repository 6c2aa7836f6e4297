import type { Path } from '../../src/core/descriptor/document.ts';

/** The paths of all keys and items of a value, itself left out. */
export function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  return keysOf(value).flatMap((key) => {
    const at = [...path, key];
    return [at, ...pathsOf(partOf(value, [key]), at)];
  });
}

/** The value with another part at a path; without that part where there is none. */
export function replaced(
  value: unknown,
  [key, ...rest]: Path,
  part: { readonly value: unknown } | null,
): unknown {
  if (key === undefined) return part?.value;
  const entries = keysOf(value).flatMap((each): [string | number, unknown][] => {
    const item = partOf(value, [each]);
    if (each !== key) return [[each, item]];
    return rest.length === 0 && part === null ? [] : [[each, replaced(item, rest, part)]];
  });
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** The keys of a map, the numbers of a list, nothing of what is neither. */
export function keysOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** What stands at a path, which has to be there. */
export function partOf(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Readonly<Record<string | number, unknown>>)[key],
    value,
  );
}

/** Whether one of two parts holds the other. The whole holds nothing in particular. */
export function isNear(one: Path, other: Path): boolean {
  return other.length > 0 && other.every((key, index) => index >= one.length || one[index] === key);
}
