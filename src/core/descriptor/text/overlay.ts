import type { Path } from '../document.ts';
import { containerSets, type Identity } from './overlay-rules.ts';

/** Where a value came from: a part by its number, and the path there; of a merged value each child by its key. */
export interface Origin {
  readonly part: number;
  readonly path: Path;
  readonly children?: ReadonlyMap<string | number, Origin>;
}

/** A value that remembers where it came from. */
export interface Sourced {
  readonly value: unknown;
  readonly origin: Origin;
}

/** A set is a map in one file and a list in the other. */
export interface Mismatch {
  readonly key: string;
  readonly before: Origin;
  readonly after: Origin;
}

type Plain = Record<string, unknown>;

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The origin of a child. */
export function childOrigin({ children, part, path }: Origin, key: string | number): Origin {
  return children?.get(key) ?? { part, path: [...path, key] };
}

/**
 * Lays a later file over an earlier one: maps merge, `null` takes away what the earlier file has, the sets of
 * containerSets grow, anything else is replaced. Mismatches are added to the list.
 */
export function overlay(below: Sourced, above: Sourced, mismatches: Mismatch[], path: Path = []): Sourced {
  const identity = identityAt(path);
  if (identity !== undefined) {
    const set = mergeSets(below, above, identity);
    if (set !== undefined) return set;
    if (
      Array.isArray(below.value) !== Array.isArray(above.value) &&
      isMap(below.value) !== isMap(above.value)
    )
      mismatches.push({ key: String(path.at(-1)), before: below.origin, after: above.origin });
  }
  if (!isMap(below.value) || !isMap(above.value)) return above;
  const value: Plain = { ...below.value };
  const children = new Map(
    Object.keys(value).map((key) => [key as string | number, childOrigin(below.origin, key)]),
  );
  for (const [key, item] of Object.entries(above.value)) {
    const upper = { value: item, origin: childOrigin(above.origin, key) };
    const isKnown = Object.hasOwn(value, key);
    if (isKnown && item === null) {
      Reflect.deleteProperty(value, key);
      children.delete(key);
      continue;
    }
    const lower = { value: value[key], origin: childOrigin(below.origin, key) };
    const merged = isKnown ? overlay(lower, upper, mismatches, [...path, key]) : upper;
    value[key] = merged.value;
    children.set(key, merged.origin);
  }
  return { value, origin: { ...above.origin, children } };
}

function identityAt(path: Path): Identity | undefined {
  const [section, , key] = path;
  if (path.length !== 3 || section !== 'containers' || typeof key !== 'string') return undefined;
  return Object.hasOwn(containerSets, key) ? containerSets[key] : undefined;
}

/** Both as one set; undefined unless each is a list or, as sets of one item may be written, a text. */
function mergeSets(below: Sourced, above: Sourced, identity: Identity): Sourced | undefined {
  const lower = items(below);
  const upper = items(above);
  if (lower === undefined || upper === undefined) return undefined;
  const merged = new Map<string, Sourced>();
  for (const item of [...lower, ...upper]) merged.set(identity(item.value), item);
  const all = [...merged.values()];
  return {
    value: all.map(({ value }) => value),
    origin: { ...above.origin, children: new Map(all.map(({ origin }, index) => [index, origin])) },
  };
}

function items({ value, origin }: Sourced): readonly Sourced[] | undefined {
  if (typeof value === 'string') return [{ value, origin }];
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown, index) => ({ value: item, origin: childOrigin(origin, index) }));
}
