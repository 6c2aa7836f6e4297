import type { Finding, ReadApp } from './read-app.ts';
import { orderOf, type Waiting } from './relations.ts';

/**
 * DEPENDENCY_CYCLE for containers that wait for each other, over `after`, `requires` and `before`, with the whole way
 * round. Each cycle once; where several share containers, one of them at a time.
 */
export function findCycles(apps: readonly ReadApp[]): readonly Finding[] {
  const nodes = orderOf(apps);
  const done = new Set<string>();
  const findings: Finding[] = [];
  for (const [start, { after }] of nodes) {
    const cycle = after.size === 0 || done.has(start) ? null : cycleFrom(start, nodes, done);
    if (cycle !== null) findings.push(toFinding(cycle, nodes));
  }
  return findings;
}

/** Depth first, with a stack of our own: a chain of ten thousand containers is no reason to fail. */
function cycleFrom(
  start: string,
  nodes: ReadonlyMap<string, Waiting>,
  done: Set<string>,
): readonly string[] | null {
  const stack = [{ name: start, left: [...(nodes.get(start)?.after.keys() ?? [])] }];
  const onStack = new Map([[start, 0]]);
  let found: readonly string[] | null = null;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.left.shift();
    if (next === undefined) {
      done.add(top.name);
      onStack.delete(top.name);
      stack.pop();
    } else if (onStack.has(next)) {
      found ??= stack.slice(onStack.get(next)).map(({ name }) => name);
    } else if (!done.has(next)) {
      onStack.set(next, stack.length);
      stack.push({ name: next, left: [...(nodes.get(next)?.after.keys() ?? [])] });
    }
  }
  return found;
}

function toFinding(cycle: readonly string[], nodes: ReadonlyMap<string, Waiting>): Finding {
  const least = cycle.reduce((best, name, index) => (name < (cycle[best] ?? name) ? index : best), 0);
  const turned = [...cycle.slice(least), ...cycle.slice(0, least)];
  const [first = '', second = first] = turned;
  const edge = nodes.get(first)?.after.get(second);
  if (edge === undefined) throw new Error('a cycle without an edge');
  const owners = new Set(cycle.flatMap((name) => nodes.get(name)?.app ?? []));
  const shown = owners.size > 1 ? turned : turned.map((name) => nodes.get(name)?.request.container ?? name);
  return {
    apps: [...owners],
    failure: {
      code: 'DEPENDENCY_CYCLE',
      message: `these wait for each other: ${[...shown, shown[0] ?? ''].join(' → ')}`,
      next: `take one of the relations away, such as this one of ${shown[0] ?? first}`,
      place: edge.app.place(edge.path, 'key'),
    },
  };
}
