import type { Path } from '../document.ts';
import { childOrigin, type Origin, type Sourced } from '../text/overlay.ts';
import { identityAt, ruleAt } from './merge-rules.ts';

/** The tag of a part of a file: `!reset` and `!override`. */
export type TagOf = (origin: Origin) => string | undefined;

/** Lays a later Compose file over an earlier one, as Compose does. Each part remembers where it came from. */
export function mergeFiles(below: Sourced, above: Sourced, tagOf: TagOf, path: Path = []): Sourced {
  const tag = tagOf(above.origin);
  if (tag === '!override') return withoutTags(above, tagOf);
  const rule = ruleAt(path);
  if (rule === 'append' && isListed(below.value) && isListed(above.value))
    return appended(below, above, tagOf, path);
  const [lower, upper] =
    rule === 'pairs'
      ? [asPairs(below, path), asPairs(above, path)]
      : rule === 'named'
        ? [asNames(below, path), asNames(above, path)]
        : [below, above];
  if (!isMap(lower.value) || !isMap(upper.value)) return withoutTags(above, tagOf);
  const children = new Map<string | number, Origin>();
  const value: Record<string, unknown> = {};
  const put = (key: string, { value: item, origin }: Sourced): void => {
    value[key] = item;
    children.set(key, origin);
  };
  for (const key of Object.keys(lower.value)) put(key, childOf(lower, key));
  for (const key of Object.keys(upper.value)) {
    const own = childOf(upper, key);
    const resets = tagOf(own.origin) === '!reset';
    if (resets) {
      Reflect.deleteProperty(value, key);
      children.delete(key);
    } else
      put(
        key,
        Object.hasOwn(value, key)
          ? mergeFiles(childOf(lower, key), own, tagOf, [...path, key])
          : withoutTags(own, tagOf),
      );
  }
  return { value, origin: { ...upper.origin, children } };
}

/** A part alone: what it resets is nothing. */
export function withoutTags(part: Sourced, tagOf: TagOf): Sourced {
  if (!isMap(part.value)) return part;
  const children = new Map<string | number, Origin>();
  const value: Record<string, unknown> = {};
  for (const key of Object.keys(part.value)) {
    const child = childOf(part, key);
    if (tagOf(child.origin) === '!reset') continue;
    const plain = withoutTags(child, tagOf);
    value[key] = plain.value;
    children.set(key, plain.origin);
  }
  return { value, origin: { ...part.origin, children } };
}

function appended(below: Sourced, above: Sourced, tagOf: TagOf, path: Path): Sourced {
  const identity = identityAt(path);
  const items = new Map<string, Sourced>();
  for (const [index, item] of [...itemsOf(below), ...itemsOf(above)].entries())
    items.set(identity?.(item.value) ?? `\0${String(index)}`, item);
  const all = [...items.values()];
  return {
    value: all.map(({ value }) => value),
    origin: { ...above.origin, children: new Map(all.map(({ origin }, index) => [index, origin])) },
  };
}

/** A text where a list may stand is a list of it. */
function itemsOf(part: Sourced): readonly Sourced[] {
  if (!Array.isArray(part.value)) return [part];
  return part.value.map((value: unknown, index) => ({ value, origin: childOrigin(part.origin, index) }));
}

/** A list of KEY=VALUE, or HOST:IP for hosts, as a map. */
function asPairs(part: Sourced, path: Path): Sourced {
  const marks = path.at(-1) === 'extra_hosts' ? /[=:]/ : /=/;
  return listAsMap(part, (text) => {
    const mark = text.search(marks);
    return mark === -1 ? [text, null] : [text.slice(0, mark), text.slice(mark + 1)];
  });
}

/** A list of names as a map of what the short form means. */
function asNames(part: Sourced, path: Path): Sourced {
  const meant = path.at(-1) === 'depends_on' ? { condition: 'service_started' } : null;
  return listAsMap(part, (text) => [text, meant]);
}

function listAsMap(part: Sourced, entryOf: (text: string) => readonly [string, unknown]): Sourced {
  if (!Array.isArray(part.value) || !part.value.every((item) => typeof item === 'string')) return part;
  const children = new Map<string | number, Origin>();
  const value: Record<string, unknown> = {};
  for (const [index, text] of (part.value as readonly string[]).entries()) {
    const [key, item] = entryOf(text);
    value[key] = item;
    children.set(key, childOrigin(part.origin, index));
  }
  return { value, origin: { ...part.origin, children } };
}

function childOf({ value, origin }: Sourced, key: string): Sourced {
  return { value: (value as Readonly<Record<string, unknown>>)[key], origin: childOrigin(origin, key) };
}

function isListed(value: unknown): boolean {
  return Array.isArray(value) || typeof value === 'string';
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
