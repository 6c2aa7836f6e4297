import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import type { Part } from './interpolate.ts';
import type { Path } from '../document.ts';
import { locate, nodeAt } from './locate.ts';
import { nodeValue } from './node-value.ts';
import { parseFull } from './parse-full.ts';
import type { SourceText } from './source-text.ts';

/** A file's value whose parts may have tags. */
export interface TaggedPart extends Part {
  readonly tag: (path: Path) => string | undefined;
}

/** Each document of a text, as its value with the places of its parts. Tags but those given are mistakes. */
export async function parse(
  source: SourceText,
  tags: readonly string[] = [],
): Promise<Result<readonly TaggedPart[]>> {
  const nodes = await parseFull(source, tags);
  if (!nodes.ok) return nodes;
  const failures: Failure[] = [];
  const parts: TaggedPart[] = [];
  for (const node of nodes.value) {
    const result = nodeValue(source, node);
    if ('failure' in result) failures.push(result.failure);
    else
      parts.push({
        source,
        value: result.value,
        span: (path, part) => locate(node, path, part),
        tag: (path) => nodeAt(node, path)?.tag,
      });
  }
  return failures.length > 0 ? err(...failures) : ok(parts);
}
