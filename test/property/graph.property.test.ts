import { DOMParser, onWarningStopParsing } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphDot } from '../../src/core/descriptor/graph/dot.ts';
import { type AppGraph, graphOf } from '../../src/core/descriptor/graph/graph.ts';
import { layOut } from '../../src/core/descriptor/graph/layout.ts';
import { graphMermaid } from '../../src/core/descriptor/graph/mermaid.ts';
import { orderingEdges, startSteps } from '../../src/core/descriptor/graph/steps.ts';
import { graphSvg } from '../../src/core/descriptor/graph/svg.ts';
import { graphText } from '../../src/core/descriptor/graph/text.ts';
import { makeApp } from '../support/app.ts';

const size = () => ({ width: 120, height: 40 });

/** Apps whose containers name each other at random, cycles and all. */
const graphs: fc.Arbitrary<AppGraph> = fc
  .array(
    fc.record({
      image: fc.string({ maxLength: 60 }),
      after: fc.array(fc.nat(14)),
      before: fc.array(fc.nat(14)),
      requires: fc.array(fc.nat(14)),
      partOf: fc.array(fc.nat(14)),
      schedule: fc.option(fc.string(), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 15 },
  )
  .map((containers) => {
    const names = (indexes: readonly number[]) => indexes.map((index) => `app.c${String(index)}`);
    const entries = containers.map(({ image, schedule, ...related }, index) => [
      `c${String(index)}`,
      {
        spec: {
          image,
          after: names(related.after),
          before: names(related.before),
          requires: names(related.requires),
          partOf: names(related.partOf),
          ...(schedule === undefined ? {} : { schedule }),
        },
      },
    ]);
    return graphOf(makeApp('app', Object.fromEntries(entries) as Parameters<typeof makeApp>[1]));
  });

test('whatever waits stands in a later step than what it waits for', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const steps = startSteps(graph);
      for (const { first, second } of orderingEdges(graph))
        expect(steps.get(second)).toBeGreaterThan(steps.get(first) ?? Infinity);
    }),
  );
});

test('no two boxes of a picture cover each other, and each stands inside it', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { boxes, width, height } = layOut(graph, size);
      const all = [...boxes.values()];
      expect(all).toHaveLength(graph.nodes.length);
      for (const [index, a] of all.entries()) {
        expect(a.x >= 0 && a.y >= -0.001 && a.x + a.width <= width && a.y + a.height <= height + 0.001).toBe(
          true,
        );
        for (const b of all.slice(index + 1)) {
          const apart =
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y + 0.001 ||
            b.y + b.height <= a.y + 0.001;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});

test('no text of a descriptor breaks out of the language that it is drawn in', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      for (const line of graphDot([graph]).split('\n'))
        expect((line.match(/(?<!\\)(\\\\)*"/g) ?? []).length % 2).toBe(0);
      for (const line of graphMermaid([graph]).split('\n'))
        expect((line.match(/"/g) ?? []).length % 2).toBe(0);
    }),
  );
});

/** Texts that would end an attribute or an element, or that XML cannot hold. */
const hostileTexts = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('a&b', '<svg>', ']]>', '"\'', '-->', '&lt;', '\uFFFE', '\u0000', '\uD800'),
);

test('the picture is XML for a parser that forgives nothing, and has the name of every node', () => {
  fc.assert(
    fc.property(graphs, hostileTexts, hostileTexts, (drawn, hostile, image) => {
      const nodes = drawn.nodes.map((node) => ({ ...node, label: `${node.label}${hostile}`, image }));
      const svg = graphSvg([{ ...drawn, app: hostile, nodes }]);
      // XML 1.0, production Char: xmldom does not look.
      expect(svg).not.toMatch(/[^\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
      const texts = elementsOf(svg, 'text').map(({ textContent }) => textContent ?? '');
      for (const { label } of nodes) expect(texts.map(held)).toContain(held(label));
      expect(tagsOf(svg)).toEqual(
        tagsOf(graphSvg([{ ...drawn, nodes: nodes.map((node) => ({ ...node, label: 'a', image: 'b' })) }])),
      );
    }),
  );
});

function elementsOf(svg: string, tag: string) {
  const parser = new DOMParser({ onError: onWarningStopParsing });
  return Array.from(parser.parseFromString(svg, 'image/svg+xml').getElementsByTagName(tag));
}

function tagsOf(svg: string): readonly string[] {
  return elementsOf(svg, '*').map(({ tagName }) => tagName);
}

/** What of a text XML can hold, apart from spaces. */
function held(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '');
}

test('every container is in the text once', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const text = graphText([graph]);
      for (const { label, kind } of graph.nodes)
        if (kind === 'container') expect(text).toMatch(new RegExp(`^ +(\\d+\\.)? +${label}( |$)`, 'm'));
    }),
  );
});
