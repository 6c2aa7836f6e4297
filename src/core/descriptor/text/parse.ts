import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import type { Part } from './interpolate.ts';
import { locate } from './locate.ts';
import { nodeValue } from './node-value.ts';
import { parseFull } from './parse-full.ts';
import type { SourceText } from './source-text.ts';

/** Each document of a text, as its value with the places of its parts. */
export async function parse(source: SourceText): Promise<Result<readonly Part[]>> {
  const nodes = await parseFull(source);
  if (!nodes.ok) return nodes;
  const failures: Failure[] = [];
  const parts: Part[] = [];
  for (const node of nodes.value) {
    const result = nodeValue(source, node);
    if ('failure' in result) failures.push(result.failure);
    else parts.push({ source, value: result.value, span: (path, part) => locate(node, path, part) });
  }
  return failures.length > 0 ? err(...failures) : ok(parts);
}
