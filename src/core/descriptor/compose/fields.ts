import type { Fields } from '../foreign/foreign-reader.ts';

export type { Fields } from '../foreign/foreign-reader.ts';

/** A map of YAML, and no list. */
export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
