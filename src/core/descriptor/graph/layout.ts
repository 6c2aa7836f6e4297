import type { AppGraph, GraphEdge, GraphNode } from './graph.ts';
import type { Box, Route, Slot } from './geometry.ts';
import { routesOf } from './routes.ts';
import { startSteps } from './steps.ts';

/** Where everything of one app stands, from 0,0. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
}

const columnGap = 96;
const rowGap = 22;
/** Room that each arrow has on the side of a box. */
const portGap = 15;
const sweeps = 8;

/**
 * Places the nodes in columns by their step of the start, orders each column so that few edges cross, and leads long
 * edges between the boxes (Sugiyama's method). `size` gives what a node's content needs.
 */
export function layOut(
  graph: AppGraph,
  size: (node: GraphNode) => { width: number; height: number },
): Layout {
  const steps = startSteps(graph);
  const columns: Slot[][] = [];
  const place = (slot: Slot): Slot => {
    (columns[slot.column] ??= []).push(slot);
    return slot;
  };
  const sides = portCounts(graph.edges);
  const slots = new Map(
    graph.nodes.map((node) => {
      const { width, height } = size(node);
      const ports = Math.max(sides.first.get(node.id) ?? 0, sides.second.get(node.id) ?? 0);
      const room = Math.max(height, (ports + 1) * portGap);
      return [node.id, place(slotOf(node.id, steps.get(node.id) ?? 0, width, room))];
    }),
  );
  const passages = new Map(graph.edges.map((edge) => [edge, passagesOf(edge, slots, place)]));
  for (let index = 0; index < columns.length; index++) columns[index] ??= [];
  orderColumns(columns);
  const lefts = columnLefts(columns);
  alignColumns(columns);
  const boxes = new Map(
    [...slots].map(([id, slot]) => {
      const column = columns[slot.column] ?? [];
      const wide = Math.max(...column.map(({ width }) => width));
      return [id, { x: lefts[slot.column] ?? 0, y: slot.y, width: wide, height: slot.height }];
    }),
  );
  return {
    boxes,
    routes: routesOf(graph.edges, boxes, passages, columns, lefts),
    width: Math.max(...[...boxes.values()].map(({ x, width }) => x + width), 0),
    height: Math.max(...columns.flat().map(({ y, height }) => y + height), 0),
  };
}

function slotOf(id: string, column: number, width: number, height: number): Slot {
  return { id, column, width, height, y: 0, left: [], right: [] };
}

function portCounts(edges: readonly GraphEdge[]): Record<'first' | 'second', ReadonlyMap<string, number>> {
  const count = (side: 'first' | 'second'): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const edge of edges) counts.set(edge[side], (counts.get(edge[side]) ?? 0) + 1);
    return counts;
  };
  return { first: count('first'), second: count('second') };
}

/** Slots for an edge in each column between its ends, linked from one to the next. */
function passagesOf(
  edge: GraphEdge,
  slots: ReadonlyMap<string, Slot>,
  place: (slot: Slot) => Slot,
): readonly Slot[] {
  const [from, to] = [slots.get(edge.first), slots.get(edge.second)];
  // What closes a cycle, or relates two of one column, goes straight.
  if (from === undefined || to === undefined || from.column >= to.column) return [];
  const between: Slot[] = [];
  let before = from;
  for (let column = from.column + 1; column < to.column; column++) {
    const passage = place(slotOf('', column, 0, portGap));
    between.push(passage);
    link(before, passage);
    before = passage;
  }
  link(before, to);
  return between;
}

function link(left: Slot, right: Slot): void {
  left.right.push(right);
  right.left.push(left);
}

/** Each column by the mean place of the neighbours on one side, to and fro: the barycentre heuristic. */
function orderColumns(columns: readonly Slot[][]): void {
  const places = new Map<Slot, number>();
  const note = (column: readonly Slot[]): void => {
    for (const [index, slot] of column.entries()) places.set(slot, index);
  };
  columns.forEach(note);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : columns.toReversed()) {
      const weights = new Map(
        column.map((slot) => [
          slot,
          mean((forward ? slot.left : slot.right).map((each) => places.get(each) ?? 0)),
        ]),
      );
      // Who has no neighbour there stays where it is.
      column.sort((a, b) => (weights.get(a) ?? places.get(a) ?? 0) - (weights.get(b) ?? places.get(b) ?? 0));
      note(column);
    }
  }
}

function columnLefts(columns: readonly (readonly Slot[])[]): readonly number[] {
  let x = 0;
  return columns.map((column) => {
    const left = x;
    x += Math.max(...column.map(({ width }) => width)) + columnGap;
    return left;
  });
}

/** Moves the slots of each column towards the middle of their neighbours, without changing their order. */
function alignColumns(columns: readonly (readonly Slot[])[]): void {
  for (const column of columns) {
    let y = 0;
    for (const slot of column) {
      slot.y = y;
      y += slot.height + rowGap;
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) spread(column);
  }
  const top = Math.min(...columns.flat().map(({ y }) => y));
  for (const slot of columns.flat()) slot.y -= top;
}

/** Each at its wished place, as far as those above leave it; then back up as far as those below leave it. */
function spread(column: readonly Slot[]): void {
  const wished = column.map((slot) => {
    const middle = mean([...slot.left, ...slot.right].map(({ y, height }) => y + height / 2));
    return middle === undefined ? slot.y : middle - slot.height / 2;
  });
  const down: number[] = [];
  for (const [index, slot] of column.entries()) {
    const above = column[index - 1];
    const least = above === undefined ? -Infinity : (down[index - 1] ?? 0) + above.height + rowGap;
    down.push(Math.max(wished[index] ?? slot.y, least));
  }
  let most = Infinity;
  const up = down.map(() => 0);
  for (let index = column.length - 1; index >= 0; index--) {
    const slot = column[index];
    if (slot === undefined) continue;
    const end = Math.min((wished[index] ?? slot.y) + slot.height, most);
    up[index] = end - slot.height;
    most = (up[index] ?? 0) - rowGap;
  }
  for (const [index, slot] of column.entries()) slot.y = ((down[index] ?? 0) + (up[index] ?? 0)) / 2;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
