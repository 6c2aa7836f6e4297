import type { Path } from '../document.ts';
import { literal, reference } from '../export/written.ts';
import type { ForeignApp } from './foreign-app.ts';

/**
 * The native form of a file of another format as it is written: every text means itself when it is filled with variables again, and
 * what came from a variable as a whole, as secrets do, is that variable.
 */
export function convertedValue({ document, references }: ForeignApp): unknown {
  // Most files have nothing of either, and a copy of each costs as much as reading them.
  if (references.length === 0 && !hasDollar(document.value)) return document.value;
  const variables = new Map(references.map(({ path, variable }) => [path.join('\0'), variable]));
  const below = (path: Path, key: string | number): Path => (variables.size === 0 ? path : [...path, key]);
  const write = (value: unknown, path: Path): unknown => {
    const variable = variables.size === 0 ? undefined : variables.get(path.join('\0'));
    if (variable !== undefined) return reference(`${variable}:?`);
    if (typeof value === 'string') return value.includes('$') ? literal(value) : value;
    if (Array.isArray(value)) return value.map((item, index) => write(item, below(path, index)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, write(item, below(path, key))]),
    );
  };
  return write(document.value, []);
}

function hasDollar(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('$');
  if (typeof value !== 'object' || value === null) return false;
  for (const part of Object.values(value)) if (hasDollar(part)) return true;
  return false;
}
