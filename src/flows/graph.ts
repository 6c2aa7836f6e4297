import { type AppGraph, graphOf } from '../core/descriptor/graph/graph.ts';
import type { AppRequest } from '../core/model/app.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';

/** The languages in which a graph can be drawn. */
export type GraphFormat = 'text' | 'mermaid' | 'dot' | 'svg';

/** The graphs of apps, and the drawing of all of them. */
export interface DrawnGraphs {
  readonly graphs: readonly AppGraph[];
  readonly text: string;
}

/** Draws the apps; where one of them cannot be read, the drawing would not be whole, so its failures are told instead. */
export async function drawGraphs(
  { apps, failures }: { readonly apps: readonly AppRequest[]; readonly failures: readonly Failure[] },
  format: GraphFormat,
): Promise<Result<DrawnGraphs>> {
  if (failures.length > 0) return err(...failures);
  const graphs = apps.map(graphOf);
  const draw = await drawing(format);
  return ok({ graphs, text: draw(graphs) });
}

async function drawing(format: GraphFormat): Promise<(graphs: readonly AppGraph[]) => string> {
  switch (format) {
    case 'text':
      return (await import('../core/descriptor/graph/text.ts')).graphText;
    case 'mermaid':
      return (await import('../core/descriptor/graph/mermaid.ts')).graphMermaid;
    case 'dot':
      return (await import('../core/descriptor/graph/dot.ts')).graphDot;
    case 'svg':
      return (await import('../core/descriptor/graph/svg.ts')).graphSvg;
  }
}
