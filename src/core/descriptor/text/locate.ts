import type { Path } from '../document.ts';
import type { Entry, Node, Span } from './node.ts';

/**
 * Where a path leads: to its value, or its key. A value that is not there, absent or empty, is found at the nearest
 * key above it, because that is what a person has to look at.
 */
export function locate(root: Node, path: Path, part: 'key' | 'value' = 'value'): Span {
  let node = root;
  let above: Span = root;
  for (const step of path) {
    const entry = child(node, step);
    if (entry === undefined) return above;
    node = entry.value;
    above = entry.key;
  }
  return part === 'key' || node.start === node.end ? above : node;
}

/** The node that a path leads to; undefined for what is not there. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => node && child(node, step)?.value, root);
}

function child(node: Node, step: string | number): Entry | undefined {
  if (node.kind === 'map') return node.entries.get(String(step));
  const item = node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
  return item && { key: item, value: item };
}
