import path from 'node:path';
import { expect, test } from 'vitest';
import { graphDot } from '../../src/core/descriptor/graph/dot.ts';
import { graphOf } from '../../src/core/descriptor/graph/graph.ts';
import { graphMermaid } from '../../src/core/descriptor/graph/mermaid.ts';
import { graphSvg } from '../../src/core/descriptor/graph/svg.ts';
import { graphText } from '../../src/core/descriptor/graph/text.ts';
import { shop } from '../support/shop.ts';

const expected = path.join(import.meta.dirname, 'graph', 'expected');

test.each([
  ['shop.txt', graphText],
  ['shop.mmd', graphMermaid],
  ['shop.dot', graphDot],
  ['shop.svg', graphSvg],
])('the shop with one of everything is drawn as %s says', async (file, draw) => {
  await expect(`${draw([graphOf(shop)])}\n`).toMatchFileSnapshot(path.join(expected, file));
});
