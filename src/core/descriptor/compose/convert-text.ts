import { Document, isMap, isPair, isScalar, type Pair, visit } from 'yaml';
import { styledYaml, yamlVersion } from '../export/yaml-style.ts';
import type { Path } from '../document.ts';
import { convertedValue } from './converted-value.ts';
import type { Loss } from './loss.ts';
import type { ComposeApp } from './read-compose.ts';

/** The native form of a Compose file as YAML, with a comment where something is not as it was. */
export function convertText(app: ComposeApp): string {
  const { losses, places } = app;
  const document = new Document(convertedValue(app), yamlVersion);
  const left = new Map<string, string[]>();
  for (const loss of losses.filter(({ verdict }) => verdict !== 'kept'))
    left.set(loss.key, [...(left.get(loss.key) ?? []), commentOf(loss)]);
  const take = (key: string): readonly string[] => {
    const found = left.get(key) ?? [];
    left.delete(key);
    return found;
  };
  const comment = (pair: Pair, words: readonly string[]): void => {
    if (words.length > 0 && isScalar(pair.key))
      pair.key.commentBefore = words.map((each) => ` ${each}`).join('\n');
  };
  // What became one key has its comment there; what became none stands with its container, or before everything.
  visit(document, {
    Pair: (_, pair, ancestors) => {
      const origin = places.exact(pathOf(pair, ancestors));
      if (origin !== undefined && origin.length > 2) comment(pair, take(origin.join('.')));
    },
  });
  const containers = document.get('containers');
  for (const pair of isMap(containers) ? containers.items : []) {
    const origin = isScalar(pair.key) ? (places.exact(['containers', String(pair.key.value)]) ?? []) : [];
    const inside = [...left.keys()].filter(
      (key) => key === origin.join('.') || key.startsWith(`${origin.join('.')}.`),
    );
    comment(
      pair,
      inside.flatMap((key) =>
        take(key).map(
          (words) =>
            `${key.slice(origin.join('.').length + 1)}${key === origin.join('.') ? '' : ': '}${words}`,
        ),
      ),
    );
  }
  const rest = [...left].flatMap(([key, words]) => words.map((each) => ` ${key}: ${each}`));
  if (rest.length > 0) document.commentBefore = rest.join('\n');
  return styledYaml(document);
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
