import { plainScalar, type Scalar } from './plain-scalar.ts';

/** A part of a text: offsets of its first character and of the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: Scalar;
}

export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

/** A key and its value, each where it stands. */
export interface Entry {
  readonly key: Span;
  readonly value: Node;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A value with the places of all its parts. An alias is the very node that it stands for. */
export type Node = ScalarNode | ListNode | MapNode;

/** A scalar as written: quoted text is text, other text what plainScalar makes of it. */
export function scalarNode(span: Span, text: string, quoted: boolean): ScalarNode {
  return { kind: 'scalar', ...span, value: quoted ? text : plainScalar(text) };
}
