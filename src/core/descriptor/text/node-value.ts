import type { Failure } from '../../../errors/failure.ts';
import { limits } from './limits.ts';
import type { Node } from './node.ts';
import type { SourceText } from './source-text.ts';

/** Ends the walk of nodeValue, which would otherwise go on for as long as the aliases of an attack want. */
class Excess extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The node as plain data, with aliases written out; a failure when that is too deep or too much. */
export function nodeValue(source: SourceText, root: Node): { value: unknown } | { failure: Failure } {
  let left = limits.values;
  const valueOf = (node: Node, depth: number): unknown => {
    if (depth > limits.depth) throw new Excess(tooDeep(source, node.start));
    if (--left < 0) throw new Excess(tooMany(source, node.start));
    if (node.kind === 'scalar') return node.value;
    if (node.kind === 'list') return node.items.map((item) => valueOf(item, depth + 1));
    return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, valueOf(value, depth + 1)]));
  };
  try {
    return { value: valueOf(root, 0) };
  } catch (error) {
    if (error instanceof Excess) return { failure: error.failure };
    throw error;
  }
}

/** The failure of a text that nests more than limits.depth maps and lists. */
export function tooDeep(source: SourceText, offset: number): Failure {
  return source.failure(
    'DESCRIPTOR_SYNTAX',
    offset,
    `maps and lists are nested more than ${limits.depth} deep`,
    'no key of a descriptor needs that: look for brackets or dashes that were not meant',
  );
}

/** The failure of a text whose values are more than limits.values. */
export function tooMany(source: SourceText, offset: number): Failure {
  return source.failure(
    'DESCRIPTOR_SYNTAX',
    offset,
    `the file means more than ${limits.values} values`,
    'use fewer aliases (*name), or split the file into several apps',
  );
}
