import { plainScalar, type Scalar } from './plain-scalar.ts';

/** A part of a text: offsets of its first character and of the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a value of any kind has beside it. */
interface Tagged extends Span {
  /** A tag that whoever reads the text has a meaning for: `!reset`. */
  readonly tag?: string;
}

export interface ScalarNode extends Tagged {
  readonly kind: 'scalar';
  readonly value: Scalar;
}

export interface ListNode extends Tagged {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

/** A key and its value, each where it stands. */
export interface Entry {
  readonly key: Span;
  readonly value: Node;
}

export interface MapNode extends Tagged {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A value with the places of all its parts. An alias is the very node that it stands for. */
export type Node = ScalarNode | ListNode | MapNode;

/** A scalar as written: quoted text is text, other text what plainScalar makes of it. */
export function scalarNode(span: Span, text: string, quoted: boolean): ScalarNode {
  return { kind: 'scalar', ...span, value: quoted ? text : plainScalar(text) };
}
