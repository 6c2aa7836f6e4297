import type { AppGraph, GraphEdge, GraphNode } from './graph.ts';
import { edgeWords, isBinding, nodeName } from './words.ts';

const styles: Readonly<Record<GraphNode['kind'], string>> = {
  container: 'shape=box, style="rounded,filled", fillcolor="#ffffff"',
  job: 'shape=box, style="filled", fillcolor="#fff4d6"',
  scheduled: 'shape=box, style="rounded,filled", fillcolor="#f1e8ff"',
  unit: 'shape=component, style="dashed"',
  elsewhere: 'shape=box, style="rounded,dashed"',
};

/** The graphs in the language of Graphviz: arrows go the way of the start. */
export function graphDot(graphs: readonly AppGraph[]): string {
  return [
    'digraph gear {',
    '  rankdir=LR;',
    '  node [fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...graphs.flatMap(appLines),
    '}',
  ].join('\n');
}

function appLines(graph: AppGraph, index: number): readonly string[] {
  const key = (id: string): string => quoted(`${graph.app}/${id}`);
  return [
    `  subgraph ${quoted(`cluster_${String(index)}`)} {`,
    `    label=${quoted(graph.app)};`,
    ...graph.nodes.map((node) => `    ${key(node.id)} [label=${label(node)}, ${styles[node.kind]}];`),
    ...graph.networks.map(
      ({ name }) => `    ${key(`network ${name}`)} [label=${quoted(name)}, shape=ellipse, color="#7aa7d9"];`,
    ),
    '  }',
    ...graph.edges.map((edge) => `  ${key(edge.first)} -> ${key(edge.second)} [${edgeStyle(edge)}];`),
    ...graph.networks.flatMap(({ name }) =>
      graph.nodes
        .filter((node) => node.networks.includes(name))
        .map(
          (node) =>
            `  ${key(node.id)} -> ${key(`network ${name}`)} [dir=none, style=dotted, color="#7aa7d9"];`,
        ),
    ),
  ];
}

function edgeStyle(edge: GraphEdge): string {
  const line =
    edge.awaited === null ? 'style=dashed, constraint=false' : `style=${isBinding(edge) ? 'bold' : 'solid'}`;
  return `label=${quoted(edgeWords(edge))}, ${line}`;
}

function label(node: GraphNode): string {
  const parts = [nodeName(node), node.image, node.schedule, node.ports.join(', ')];
  return quoted(parts.filter((part) => part !== null && part !== '').join('\n'));
}

/** A quoted string of the DOT language: a backslash or quote in it is escaped, a new line is written \n. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
