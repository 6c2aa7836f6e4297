import { Document, isMap, isPair, isScalar, type Pair, visit } from 'yaml';
import { styledYaml, yamlVersion } from '../export/yaml-style.ts';
import type { Path } from '../document.ts';
import { convertedValue } from './converted-value.ts';
import type { Loss } from './loss.ts';
import type { ForeignApp } from './foreign-app.ts';

/** The native form of a file of another format as YAML, with a comment where something is not as it was. */
export function convertText(app: ForeignApp): string {
  const { losses, places } = app;
  const document = new Document(convertedValue(app), yamlVersion);
  const left = new Map<string, Loss[]>();
  for (const loss of losses.filter(({ verdict }) => verdict !== 'kept'))
    left.set(keyOf(loss.path), [...(left.get(keyOf(loss.path)) ?? []), loss]);
  const take = (key: string): readonly Loss[] => {
    const found = left.get(key) ?? [];
    left.delete(key);
    return found;
  };
  const comment = (pair: Pair, words: readonly string[]): void => {
    if (words.length > 0 && isScalar(pair.key))
      pair.key.commentBefore = words.map((each) => ` ${each}`).join('\n');
  };
  const containers = document.get('containers');
  const pairs = isMap(containers) ? containers.items : [];
  const origins = pairs.map(({ key }) =>
    isScalar(key) ? places.exact(['containers', String(key.value)]) : undefined,
  );
  const whole = new Set(origins.map((origin) => keyOf(origin ?? [])));
  // What became one key has its comment there; what became none stands with its container, or before everything.
  visit(document, {
    Pair: (_, pair, ancestors) => {
      const made = pathOf(pair, ancestors);
      const origin = places.exact(made);
      if (origin === undefined || made.length < 2 || whole.has(keyOf(origin))) return;
      comment(pair, take(keyOf(origin)).map(commentOf));
    },
  });
  for (const [index, pair] of pairs.entries()) {
    const origin = origins[index];
    if (origin === undefined) continue;
    const around = keyOf(origin);
    const inside = [...left.keys()].filter((key) => key === around || key.startsWith(`${around}\0`));
    comment(
      pair,
      inside.flatMap((key) => take(key).map((loss) => `${keyWithin(loss, origin)}${commentOf(loss)}`)),
    );
  }
  const rest = [...left.values()].flat().map((loss) => ` ${loss.key}: ${commentOf(loss)}`);
  if (rest.length > 0) document.commentBefore = rest.join('\n');
  return styledYaml(document);
}

/** The key of a loss as its container's comment names it. */
function keyWithin({ key, path }: Loss, origin: Path): string {
  if (path.length === origin.length) return '';
  const prefix = `${origin.join('.')}.`;
  return `${key.startsWith(prefix) ? key.slice(prefix.length) : key}: `;
}

function keyOf(path: Path): string {
  return path.join('\0');
}

function commentOf({ verdict, words, next }: Loss): string {
  return (verdict === 'refused' ? `cannot be had: ${words}; ${next ?? ''}` : words).replaceAll(
    /\p{Cc}/gu,
    ' ',
  );
}

function pathOf(pair: Pair, ancestors: readonly unknown[]): Path {
  const pairs = [...ancestors.filter((each) => isPair(each)), pair];
  return pairs.map((each) => (isScalar(each.key) ? String(each.key.value) : ''));
}
