/**
 * Reading what an engine answers: its JSON changes between versions (absent, null, another type), so every field is
 * asked for with the type that is needed, and what is not of that type counts as absent.
 */
export type Json = Readonly<Record<string, unknown>>;

/** The object, or an empty one. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The array, or an empty one. */
export function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The string, or ''. */
export function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The strings of an array. */
export function strings(value: unknown): readonly string[] {
  return array(value).filter((item) => typeof item === 'string');
}

/** The number, or 0. */
export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The object's entries whose values are strings, such as labels. */
export function stringMap(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(object(value));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The parsed text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
