import type { AppGraph, GraphEdge } from './graph.ts';

/** The edges that order the start, without those that would close a cycle, which no order can keep. */
export function orderingEdges({ nodes, edges }: AppGraph): readonly GraphEdge[] {
  const outgoing = new Map<string, GraphEdge[]>(nodes.map(({ id }) => [id, []]));
  for (const edge of edges) if (edge.awaited !== null) outgoing.get(edge.first)?.push(edge);
  const state = new Map<string, 'open' | 'done'>();
  const kept: GraphEdge[] = [];
  // A stack of our own: a chain of thousands would end JavaScript's.
  for (const { id } of nodes) {
    if (state.has(id)) continue;
    const stack = [{ id, next: 0 }];
    state.set(id, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = outgoing.get(top.id)?.[top.next];
      top.next += 1;
      if (edge === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(edge.second) !== 'open') {
        kept.push(edge);
        if (!state.has(edge.second)) {
          state.set(edge.second, 'open');
          stack.push({ id: edge.second, next: 0 });
        }
      }
    }
  }
  return kept;
}

/** The step of the start at which each node can begin, from 0: one after the last that it waits for. */
export function startSteps(graph: AppGraph): ReadonlyMap<string, number> {
  const edges = orderingEdges(graph);
  const waiting = new Map<string, number>(graph.nodes.map(({ id }) => [id, 0]));
  const outgoing = new Map<string, string[]>();
  for (const { first, second } of edges) {
    waiting.set(second, (waiting.get(second) ?? 0) + 1);
    outgoing.set(first, [...(outgoing.get(first) ?? []), second]);
  }
  const steps = new Map<string, number>(graph.nodes.map(({ id }) => [id, 0]));
  const free = graph.nodes.map(({ id }) => id).filter((id) => waiting.get(id) === 0);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    for (const second of outgoing.get(id) ?? []) {
      steps.set(second, Math.max(steps.get(second) ?? 0, (steps.get(id) ?? 0) + 1));
      const left = (waiting.get(second) ?? 0) - 1;
      waiting.set(second, left);
      if (left === 0) free.push(second);
    }
  }
  return steps;
}
