import type { AppGraph, GraphEdge, GraphNode } from './graph.ts';
import { edgeWords, isBinding, nodeName } from './words.ts';

const shapes: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  container: ['["', '"]'],
  job: ['[["', '"]]'],
  scheduled: ['(["', '"])'],
  unit: ['>"', '"]'],
  elsewhere: ['{{"', '"}}'],
};

/** The graphs as one Mermaid flowchart: arrows go the way of the start; a thick one binds, a dotted one only relates. */
export function graphMermaid(graphs: readonly AppGraph[]): string {
  const lines = graphs.flatMap((graph, app) => {
    const ids = new Map(graph.nodes.map(({ id }, index) => [id, `a${String(app)}n${String(index)}`]));
    return [
      `  subgraph a${String(app)} ["${escaped(graph.app)}"]`,
      ...graph.nodes.map((node) => `    ${ids.get(node.id) ?? ''}${nodeText(node)}`),
      ...graph.networks.map(
        ({ name }, index) => `    a${String(app)}w${String(index)}(("${escaped(name)}")):::network`,
      ),
      '  end',
      ...graph.edges.map((edge) => edgeLine(edge, ids)),
      ...graph.networks.flatMap(({ name }, index) =>
        graph.nodes
          .filter((node) => node.networks.includes(name))
          .map((node) => `  ${ids.get(node.id) ?? ''} -.- a${String(app)}w${String(index)}`),
      ),
    ];
  });
  return ['flowchart LR', ...lines, '  classDef network fill:#eef6ff,stroke:#7aa7d9'].join('\n');
}

function nodeText(node: GraphNode): string {
  const [open, close] = shapes[node.kind];
  const parts = [nodeName(node), node.image, node.schedule, node.ports.join(', ')];
  return `${open}${parts
    .filter((part) => part !== null && part !== '')
    .map((part) => escaped(part ?? ''))
    .join('<br>')}${close}`;
}

function edgeLine(edge: GraphEdge, ids: ReadonlyMap<string, string>): string {
  const arrow = edge.awaited === null ? '-.->' : isBinding(edge) ? '==>' : '-->';
  return `  ${ids.get(edge.first) ?? ''} ${arrow}|${edgeWords(edge)}| ${ids.get(edge.second) ?? ''}`;
}

/** Mermaid reads entities by name or number, written with "#". */
function escaped(text: string): string {
  return text.replaceAll(/[#"<>&\p{Cc}]/gu, (character) => `#${String(character.codePointAt(0) ?? 0)};`);
}
