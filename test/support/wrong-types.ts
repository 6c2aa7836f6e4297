import type { Document, Path } from '../../src/core/descriptor/document.ts';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import type { Place, Result } from '../../src/errors/failure.ts';

type Context = Parameters<typeof readNative>[1];

/** How a format is read, and to which part of its value a place leads. */
interface Format {
  readonly read: (value: unknown) => Promise<Result<ForeignApp>> | Result<ForeignApp>;
  readonly pathAt: (place: Place) => Path;
  readonly context: Context;
}

const nested = (depth: number): unknown =>
  depth === 0 ? 'x' : depth % 2 === 0 ? { x: nested(depth - 1) } : [nested(depth - 1)];

/** One value of each type, and one that is nested deeply. */
const ofEachType: Readonly<Record<string, unknown>> = {
  ...{ number: 7, text: 'no such thing', truth: true, nothing: null },
  ...{ list: ['x'], 'list of maps': [{ x: 1 }], map: { x: 1 }, nesting: nested(40) },
};

/** A format whose reader is given a value: the line of a place is the number of the path that was asked for. */
export function formatOfValues(read: (document: Document) => Result<ForeignApp>, context: Context): Format {
  const asked: Path[] = [];
  const documentOf = (value: unknown): Document => ({
    value,
    source: 'file',
    locate: () => Promise.resolve(),
    place: (path) => ({ source: 'file', line: asked.push(path) }),
  });
  return {
    read: (value) => read(documentOf(value)),
    pathAt: ({ line = 0 }) => asked[line - 1] ?? [],
    context,
  };
}

/** A format whose reader is given a text, which is JSON with a line for each part. */
export function formatOfTexts(read: (text: string) => Promise<Result<ForeignApp>>, context: Context): Format {
  let lines: readonly Path[] = [];
  return {
    read: (value) => {
      lines = linesOf(value, []);
      return read(JSON.stringify(value, null, 1));
    },
    pathAt: ({ line = 0 }) => lines[line - 1] ?? [],
    context,
  };
}

/** Which part each line of `JSON.stringify(value, null, 1)` begins; one that ends a part belongs to it. */
function linesOf(value: unknown, path: Path): readonly Path[] {
  const below = keysOf(value).flatMap((key) => linesOf(partOf(value, [key]), [...path, key]));
  return below.length === 0 ? [path] : [path, ...below, path];
}

/**
 * What readers do wrong with values of another type, at each path of a good value but those below `besides`. They have to
 * make something of a value or tell of it, and tell of it there; a key that is dropped without a word is what must not be.
 */
export async function wrongReactions(
  format: Format,
  good: unknown,
  within: Path = [],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of pathsOf(good).filter((each) => within.every((key, index) => each[index] === key))) {
    const without = await outcomeOf(format, replaced(good, path, null));
    for (const [type, wrong] of Object.entries(ofEachType)) {
      const outcome = await outcomeOf(format, replaced(good, path, { value: wrong }));
      const fault = faultOf(outcome, { path, wrong, good: partOf(good, path), without: without.made });
      if (fault !== null) found.push(`${path.join('.')}: ${type}: ${fault}`);
    }
  }
  return found;
}

interface Outcome {
  readonly failures: readonly { readonly words: string; readonly at: Path }[];
  /** What was told of parts, besides that they are kept. */
  readonly told: readonly Path[];
  readonly made: string | undefined;
}

async function outcomeOf({ read, pathAt, context }: Format, value: unknown): Promise<Outcome> {
  const app = await read(value);
  const native = app.ok ? readNative(app.value.document, context) : app;
  return {
    failures: (native.ok ? [] : native.failures).map(({ message, next, place }) => ({
      words:
        /^[^\n]*[^.\n]$/.test(message) && next !== '' && place?.line !== undefined
          ? message
          : `malformed: ${message}`,
      at: place === undefined ? [] : pathAt(place),
    })),
    told: app.ok
      ? app.value.losses
          .filter(({ verdict, words }) => verdict !== 'kept' || words !== '')
          .map(({ path }) => path)
      : [],
    made: app.ok ? JSON.stringify(app.value.document.value) : undefined,
  };
}

function faultOf(
  { failures, told, made }: Outcome,
  {
    path,
    wrong,
    good,
    without,
  }: {
    readonly path: Path;
    readonly wrong: unknown;
    readonly good: unknown;
    readonly without: string | undefined;
  },
): string | null {
  const malformed = failures.find(({ words }) => words.startsWith('malformed'));
  if (malformed !== undefined) return malformed.words;
  if (made !== undefined && /\[object Object\]|"[^"]*\b(undefined|NaN)\b/.test(made))
    return `made of nothing: ${made}`;
  // Nothing is a key that is not there; what needed it is told where it stands.
  if (wrong === null || isAlike(good, wrong)) return null;
  const isNear = (other: Path): boolean =>
    other.length > 0 &&
    [...other.keys()].every((index) => index >= path.length || path[index] === other[index]);
  if (failures.length > 0)
    return failures.some(({ at }) => isNear(at))
      ? null
      : `told elsewhere: ${failures.map(({ words, at }) => `${at.join('.')}: ${words}`).join('; ')}`;
  return made !== without || told.some(isNear) ? null : 'dropped in silence';
}

/** Maps, and lists. Texts, numbers and truth values are written alike; only where a truth value belongs another one is wrong. */
function isAlike(good: unknown, wrong: unknown): boolean {
  if (typeof good === 'object' && typeof wrong === 'object')
    return Array.isArray(good) === Array.isArray(wrong);
  if (typeof good === 'object' || typeof wrong === 'object') return false;
  return typeof good !== 'boolean' || typeof wrong === 'boolean';
}

/** The paths of all keys and items of a value, itself left out. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  return keysOf(value).flatMap((key) => {
    const at = [...path, key];
    return [at, ...pathsOf(partOf(value, [key]), at)];
  });
}

/** The value with another part at a path; without that part where there is none. */
function replaced(value: unknown, [key, ...rest]: Path, part: { readonly value: unknown } | null): unknown {
  if (key === undefined) return part?.value;
  const entries = keysOf(value).flatMap((each): [string | number, unknown][] => {
    const item = partOf(value, [each]);
    if (each !== key) return [[each, item]];
    return rest.length === 0 && part === null ? [] : [[each, replaced(item, rest, part)]];
  });
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function keysOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function partOf(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Readonly<Record<string | number, unknown>>)[key],
    value,
  );
}
