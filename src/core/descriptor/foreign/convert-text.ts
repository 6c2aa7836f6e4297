import { type Comments, commentKey, fullYaml, quickYaml } from '../export/quick-yaml.ts';
import type { Path } from '../document.ts';
import { convertedValue } from './converted-value.ts';
import type { ForeignApp } from './foreign-app.ts';
import type { Loss } from './loss.ts';

/** The native form of a file of another format as it is written, and as YAML with a comment where something is not as it was. */
export function convertText(app: ForeignApp): { readonly descriptor: unknown; readonly text: string } {
  const descriptor = convertedValue(app);
  const comments = commentsOf(app, descriptor);
  return { descriptor, text: quickYaml(descriptor, comments) ?? fullYaml(descriptor, comments) };
}

/** What became one key has its comment there; what became none stands with its container, or before everything. */
function commentsOf({ losses, places }: ForeignApp, descriptor: unknown): Comments {
  const left = new Map<string, Loss[]>();
  for (const loss of losses.filter(({ verdict }) => verdict !== 'kept'))
    left.set(commentKey(loss.path), [...(left.get(commentKey(loss.path)) ?? []), loss]);
  if (left.size === 0) return new Map();
  const take = (key: string): readonly Loss[] => {
    const found = left.get(key) ?? [];
    left.delete(key);
    return found;
  };
  const comments = new Map<string, readonly string[]>();
  const comment = (path: Path, words: readonly string[]): void => {
    if (words.length > 0) comments.set(commentKey(path), words);
  };
  const containers = Object.keys(mapOf(mapOf(descriptor)['containers']));
  const origins = containers.map((name) => places.exact(['containers', name]));
  const whole = new Set(origins.map((origin) => commentKey(origin ?? [])));
  const visit = (map: object, path: Path): void => {
    for (const [key, item] of Object.entries(map) as [string, unknown][]) {
      const at = [...path, key];
      const origin = places.exact(at);
      if (origin !== undefined && at.length > 1 && !whole.has(commentKey(origin)))
        comment(at, take(commentKey(origin)).map(commentOf));
      visit(mapOf(item), at);
    }
  };
  visit(mapOf(descriptor), []);
  for (const [index, name] of containers.entries()) {
    const origin = origins[index];
    if (origin === undefined) continue;
    const around = commentKey(origin);
    const inside = [...left.keys()].filter((key) => key === around || key.startsWith(`${around}\0`));
    comment(
      ['containers', name],
      inside.flatMap((key) => take(key).map((loss) => `${keyWithin(loss, origin)}${commentOf(loss)}`)),
    );
  }
  comment(
    [],
    [...left.values()].flat().map((loss) => `${loss.key}: ${commentOf(loss)}`),
  );
  return comments;
}

/** The key of a loss as its container's comment names it. */
function keyWithin({ key, path }: Loss, origin: Path): string {
  if (path.length === origin.length) return '';
  const prefix = `${origin.join('.')}.`;
  return `${key.startsWith(prefix) ? key.slice(prefix.length) : key}: `;
}

function commentOf({ verdict, words, next }: Loss): string {
  return (verdict === 'refused' ? `cannot be had: ${words}; ${next ?? ''}` : words).replaceAll(
    /\p{Cc}/gu,
    ' ',
  );
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
