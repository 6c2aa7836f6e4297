import type { AppGraph, GraphEdge, GraphNode, Relation } from './graph.ts';
import { startSteps } from './steps.ts';
import { nodeName, relationWord } from './words.ts';

/** The graph as a list: the containers in the steps of their start, with what each of them waits for. */
export function graphText(graphs: readonly AppGraph[]): string {
  return graphs.map(appText).join('\n\n');
}

function appText(graph: AppGraph): string {
  const own = graph.nodes.filter(({ kind }) => kind !== 'unit' && kind !== 'elsewhere');
  const steps = dense(own, startSteps(graph));
  const names = new Map(graph.nodes.map((node) => [node.id, node.label]));
  const sorted = own.toSorted((a, b) => (steps.get(a.id) ?? 0) - (steps.get(b.id) ?? 0));
  const rows = sorted.map((node, index) => {
    const step = steps.get(node.id) ?? 0;
    const before = sorted[index - 1];
    const begins = before === undefined || steps.get(before.id) !== step;
    return [
      begins ? `${String(step + 1)}.` : '',
      nodeName(node),
      node.image ?? '',
      traits(node),
      relationsText(node, graph.edges, names),
    ];
  });
  const networks = graph.networks.map(({ name, external }) => [
    name,
    own
      .filter((node) => node.networks.includes(name))
      .map(({ label }) => label)
      .join(', '),
    external ? 'external' : '',
  ]);
  return [
    `${graph.app} (${graph.source})`,
    ...columns(rows),
    ...(networks.length === 0 ? [] : ['  networks', ...columns(networks).map((line) => `  ${line}`)]),
  ].join('\n');
}

/** Steps of the containers alone, without gaps where only units stand. */
function dense(nodes: readonly GraphNode[], steps: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const used = [...new Set(nodes.map(({ id }) => steps.get(id) ?? 0))].toSorted((a, b) => a - b);
  const rank = new Map(used.map((step, index) => [step, index]));
  return new Map(nodes.map(({ id }) => [id, rank.get(steps.get(id) ?? 0) ?? 0]));
}

function traits({ kind, ports, schedule }: GraphNode): string {
  return [
    ...(kind === 'job' ? ['job'] : []),
    ...(schedule === null ? [] : [`at ${schedule}`]),
    ...ports,
  ].join(', ');
}

/** `requires db (ready), migrate (success); after cache (started)`. */
function relationsText(
  { id }: GraphNode,
  edges: readonly GraphEdge[],
  names: ReadonlyMap<string, string>,
): string {
  const said = new Map<Relation, string[]>();
  for (const edge of edges) {
    const relations = edge.relations.filter(
      (relation) => (relation === 'before' ? edge.first : edge.second) === id,
    );
    // requires is after, and more: one word for both.
    for (const relation of relations.filter((each) => each !== 'after' || !relations.includes('requires'))) {
      const other = relation === 'before' ? edge.second : edge.first;
      const awaited = relation === 'requires' || relation === 'after' ? edge.awaited : null;
      const text = `${names.get(other) ?? other}${awaited === null ? '' : ` (${awaited})`}`;
      said.set(relation, [...(said.get(relation) ?? []), text]);
    }
  }
  return [...said].map(([relation, others]) => `${relationWord(relation)} ${others.join(', ')}`).join('; ');
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => Array.from(row[column] ?? '').length)),
  );
  const shown = widths.map((width, column) => ({ width, column })).filter(({ width }) => width > 0);
  return rows.map((row) =>
    `  ${shown.map(({ width, column }) => padded(row[column] ?? '', width)).join('  ')}`.trimEnd(),
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - Array.from(text).length);
}
