import type { Box, Route, Slot } from './geometry.ts';
import type { GraphEdge } from './graph.ts';

/** The arrows of a box's side spread over it, in the order in which the other ends stand. */
export function routesOf(
  edges: readonly GraphEdge[],
  boxes: ReadonlyMap<string, Box>,
  passages: ReadonlyMap<GraphEdge, readonly Slot[]>,
  columns: readonly (readonly Slot[])[],
  lefts: readonly number[],
): readonly Route[] {
  const starts = portsOf(edges, boxes, passages, 'first');
  const ends = portsOf(edges, boxes, passages, 'second');
  return edges.flatMap((edge) => {
    const [from, to] = [boxes.get(edge.first), boxes.get(edge.second)];
    if (from === undefined || to === undefined) return [];
    const between = (passages.get(edge) ?? []).flatMap(({ column, y, height }) => {
      const left = lefts[column] ?? 0;
      const width = Math.max(...(columns[column] ?? []).map((slot) => slot.width));
      return [left, left + width].map((x) => ({ x, y: y + height / 2 }));
    });
    const start = { x: from.x + from.width, y: starts.get(edge) ?? from.y };
    return [{ edge, points: [start, ...between, { x: to.x, y: ends.get(edge) ?? to.y }] }];
  });
}

function portsOf(
  edges: readonly GraphEdge[],
  boxes: ReadonlyMap<string, Box>,
  passages: ReadonlyMap<GraphEdge, readonly Slot[]>,
  side: 'first' | 'second',
): ReadonlyMap<GraphEdge, number> {
  const byBox = new Map<string, GraphEdge[]>();
  for (const edge of edges) byBox.set(edge[side], [...(byBox.get(edge[side]) ?? []), edge]);
  const ports = new Map<GraphEdge, number>();
  for (const [id, group] of byBox) {
    const box = boxes.get(id);
    if (box === undefined) continue;
    const heights = new Map(group.map((edge) => [edge, neighbourHeight(edge, boxes, passages, side)]));
    const sorted = group.toSorted((a, b) => (heights.get(a) ?? 0) - (heights.get(b) ?? 0));
    for (const [index, edge] of sorted.entries())
      ports.set(edge, box.y + (box.height * (index + 1)) / (sorted.length + 1));
  }
  return ports;
}

function neighbourHeight(
  edge: GraphEdge,
  boxes: ReadonlyMap<string, Box>,
  passages: ReadonlyMap<GraphEdge, readonly Slot[]>,
  side: 'first' | 'second',
): number {
  const passage = passages.get(edge)?.at(side === 'first' ? 0 : -1);
  const { y, height } = passage ??
    boxes.get(edge[side === 'first' ? 'second' : 'first']) ?? { y: 0, height: 0 };
  return y + height / 2;
}
