import type { Path } from '../../src/core/descriptor/document.ts';
import { type Format, type Outcome, outcomeOf } from './reader-outcome.ts';
import { isNear, partOf, pathsOf, replaced } from './value-paths.ts';

const nested = (depth: number): unknown =>
  depth === 0 ? 'x' : depth % 2 === 0 ? { x: nested(depth - 1) } : [nested(depth - 1)];

/** One value of each type, and one that is nested deeply. */
const ofEachType: Readonly<Record<string, unknown>> = {
  ...{ number: 7, text: 'no such thing', truth: true, nothing: null },
  ...{ list: ['x'], 'list of maps': [{ x: 1 }], map: { x: 1 }, nesting: nested(40) },
};

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
  if (failures.length > 0)
    return failures.some(({ at }) => isNear(path, at))
      ? null
      : `told elsewhere: ${failures.map(({ words, at }) => `${at.join('.')}: ${words}`).join('; ')}`;
  return made !== without || told.some((other) => isNear(path, other)) ? null : 'dropped in silence';
}

/** Maps, and lists. Texts, numbers and truth values are written alike; only where a truth value belongs another one is wrong. */
function isAlike(good: unknown, wrong: unknown): boolean {
  if (typeof good === 'object' && typeof wrong === 'object')
    return Array.isArray(good) === Array.isArray(wrong);
  if (typeof good === 'object' || typeof wrong === 'object') return false;
  return typeof good !== 'boolean' || typeof wrong === 'boolean';
}
