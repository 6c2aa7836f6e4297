import type { AppGraph, GraphNode } from './graph.ts';
import type { Box, Route } from './geometry.ts';
import { layOut, type Layout } from './layout.ts';
import { edgeWords, isBinding, nodeName } from './words.ts';

const margin = 28;
const titleHeight = 34;
const legendHeight = 30;
const lineHeight = 16;

const bars: Readonly<Record<GraphNode['kind'], string>> = {
  container: '#2f6fde',
  job: '#d68a00',
  scheduled: '#8a4fd8',
  unit: '#7d8590',
  elsewhere: '#7d8590',
};

/** Colours of networks, told apart also by those who see red and green alike (Okabe and Ito). */
const networkColours = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#d55e00',
  '#56b4e9',
  '#b3a300',
  '#555555',
];

const style = [
  'text{font:12px ui-sans-serif,system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#57606a}',
  '.title{font-size:16px;font-weight:600;fill:#1f2328}',
  '.name{font-size:13px;font-weight:600;fill:#1f2328}',
  '.said{font-size:10px;paint-order:stroke;stroke:#f6f8fa;stroke-width:4px}',
  '.edge{fill:none;stroke:#8c959f;stroke-width:1.4}',
  '.binds{stroke:#3d4753;stroke-width:2}',
  '.loose{stroke-dasharray:4 4}',
].join('');

const marker =
  '<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">' +
  '<path d="M0 1 10 5 0 9z" fill="#3d4753"/></marker></defs>';

/** The graphs as one picture: columns are the steps of the start, arrows say what the next one waits for. */
export function graphSvg(graphs: readonly AppGraph[]): string {
  let top = 0;
  let width = 0;
  const parts = graphs.map((graph) => {
    const layout = layOut(graph, sizeOf);
    const part = `<g transform="translate(0 ${String(top)})">${appPart(graph, layout)}</g>`;
    top += appHeight(graph, layout);
    width = Math.max(
      width,
      layout.width + 2 * margin,
      legendWidth(graph),
      textWidth(graph.app, 10) + 2 * margin,
    );
    return part;
  });
  const [w, h] = [Math.ceil(width), Math.ceil(top)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(w)}" height="${String(h)}" viewBox="0 0 ${String(w)} ${String(h)}" role="img">`,
    `<title>${escaped(graphs.map(({ app }) => app).join(', '))}</title>`,
    `<style>${style}</style>${marker}<rect width="100%" height="100%" fill="#f6f8fa"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

function appHeight(graph: AppGraph, layout: Layout): number {
  const legend = graph.networks.length === 0 ? 0 : legendHeight;
  return margin + titleHeight + layout.height + legend + margin / 2;
}

function appPart(graph: AppGraph, layout: Layout): string {
  const colours = new Map(
    graph.networks.map(({ name }, index) => [
      name,
      networkColours[index % networkColours.length] ?? '#555555',
    ]),
  );
  const nodes = graph.nodes.flatMap((node) => {
    const box = layout.boxes.get(node.id);
    return box === undefined ? [] : [nodePart(node, box, colours)];
  });
  return [
    `<text class="title" x="${String(margin)}" y="${String(margin + 6)}">${escaped(graph.app)}</text>`,
    `<g transform="translate(${String(margin)} ${String(margin + titleHeight)})">`,
    ...layout.routes.map(routePart),
    ...layout.routes.map(wordsPart),
    ...nodes,
    '</g>',
    legendPart(graph, colours, margin + titleHeight + layout.height + legendHeight - 6),
  ].join('\n');
}

function linesOf(node: GraphNode): readonly string[] {
  const { image, schedule, ports, kind } = node;
  return [
    ...(kind === 'job' ? ['job'] : []),
    ...(image === null ? [] : [shortened(image)]),
    ...(schedule === null ? [] : [shortened(schedule)]),
    ...(ports.length === 0 ? [] : [shortened(ports.join(', '))]),
  ];
}

function sizeOf(node: GraphNode): { width: number; height: number } {
  const lines = linesOf(node);
  const dots = node.networks.length * 11;
  const widest = Math.max(
    textWidth(nodeName(node), 8) + dots + 10,
    ...lines.map((line) => textWidth(line, 7)),
  );
  return { width: Math.max(130, widest + 30), height: 32 + lines.length * lineHeight };
}

function nodePart(
  node: GraphNode,
  { x, y, width, height }: Box,
  colours: ReadonlyMap<string, string>,
): string {
  const outside = node.kind === 'unit' || node.kind === 'elsewhere';
  const border = outside ? 'stroke="#8c959f" stroke-dasharray="5 4"' : 'stroke="#d0d7de"';
  const textTop = y + (height - linesOf(node).length * lineHeight) / 2 + 4;
  return [
    // Copies lie behind, as a stack.
    ...(node.copies === 1 ? [] : [card(x + 5, y - 5, width, height, border)]),
    card(x, y, width, height, border),
    `<rect x="${num(x)}" y="${num(y + 6)}" width="4" height="${num(height - 12)}" rx="2" fill="${bars[node.kind]}"/>`,
    `<text class="name" x="${num(x + 14)}" y="${num(textTop)}">${escaped(nodeName(node))}</text>`,
    ...linesOf(node).map(
      (line, index) =>
        `<text x="${num(x + 14)}" y="${num(textTop + (index + 1) * lineHeight)}">${escaped(line)}</text>`,
    ),
    ...node.networks.map(
      (name, index) =>
        `<circle cx="${num(x + width - 12 - index * 11)}" cy="${num(textTop - 4)}" r="4" fill="${colours.get(name) ?? '#555555'}"><title>${escaped(name)}</title></circle>`,
    ),
  ].join('');
}

function card(x: number, y: number, width: number, height: number, border: string): string {
  return `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="7" fill="#ffffff" ${border}/>`;
}

/** A smooth line through the points; in the gaps between columns it swings, along a column it runs straight. */
function routePart({ edge, points }: Route): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  let path = `M${num(start.x)} ${num(start.y)}`;
  let before = start;
  for (const [index, point] of rest.entries()) {
    const straight = index % 2 === 1;
    const swing = Math.max(28, Math.abs(point.x - before.x) / 2);
    path += straight
      ? ` L${num(point.x)} ${num(point.y)}`
      : ` C${num(before.x + swing)} ${num(before.y)} ${num(point.x - swing)} ${num(point.y)} ${num(point.x)} ${num(point.y)}`;
    before = point;
  }
  const look = `edge${isBinding(edge) ? ' binds' : ''}${edge.awaited === null ? ' loose' : ''}`;
  return `<path class="${look}" d="${path}" marker-end="url(#to)"/>`;
}

/** Written over all lines, beside the arrow's head, where each has its own height. */
function wordsPart({ edge, points }: Route): string {
  const end = points.at(-1);
  if (end === undefined) return '';
  return `<text class="said" x="${num(end.x - 12)}" y="${num(end.y - 4)}" text-anchor="end">${edgeWords(edge)}</text>`;
}

function legendPart({ networks }: AppGraph, colours: ReadonlyMap<string, string>, y: number): string {
  let x = margin;
  return networks
    .map(({ name, external }) => {
      const text = external ? `${name} (external)` : name;
      const part = `<circle cx="${num(x + 4)}" cy="${num(y - 4)}" r="4" fill="${colours.get(name) ?? '#555555'}"/><text x="${num(x + 14)}" y="${num(y)}">${escaped(text)}</text>`;
      x += textWidth(text, 7) + 34;
      return part;
    })
    .join('');
}

function legendWidth({ networks }: AppGraph): number {
  return networks.reduce(
    (sum, { name, external }) => sum + textWidth(name, 7) + (external ? 70 : 0) + 34,
    2 * margin,
  );
}

/** Long names keep their end, where the tag is. */
function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 34 ? text : `…${characters.slice(-33).join('')}`;
}

function textWidth(text: string, perCharacter: number): number {
  return Array.from(text).length * perCharacter;
}

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** As text of XML 1.0, which cannot hold every character, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/[&<>"]/g, (character) => `&#${String(character.codePointAt(0) ?? 0)};`);
}
