import type { GraphEdge } from './graph.ts';

/** A rectangle of the picture, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A way from one box to another: the points that it passes, from left to right. */
export interface Route {
  readonly edge: GraphEdge;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A node, or the place where an edge passes a column. */
export interface Slot {
  readonly id: string;
  readonly column: number;
  readonly width: number;
  readonly height: number;
  y: number;
  readonly left: Slot[];
  readonly right: Slot[];
}
