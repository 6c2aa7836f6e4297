import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../../../src/core/descriptor/graph/graph.ts';
import { startSteps } from '../../../../../src/core/descriptor/graph/steps.ts';
import { graphText } from '../../../../../src/core/descriptor/graph/text.ts';
import { makeApp } from '../../../../support/app.ts';
import { shop } from '../../../../support/shop.ts';

const edgeOf = (first: string, second: string) =>
  graphOf(shop).edges.find((edge) => edge.first === first && edge.second === second);

describe('what a graph says', () => {
  test('copies are one thing, named once by whoever needs them', () => {
    const web = graphOf(shop).nodes.filter(({ label }) => label === 'web');
    expect(web).toMatchObject([{ id: 'shop.web', copies: 2 }]);
    expect(edgeOf('shop.web', 'shop.proxy')).toEqual({
      first: 'shop.web',
      second: 'shop.proxy',
      relations: ['requires'],
      awaited: 'started',
    });
  });

  test('a job is awaited to its success, a checked container to be ready, any other to have started', () => {
    expect(edgeOf('shop.migrate', 'shop.web')?.awaited).toBe('success');
    expect(edgeOf('shop.db', 'shop.web')?.awaited).toBe('ready');
    expect(edgeOf('shop.cache', 'shop.web')?.awaited).toBe('started');
  });

  test('several relations of the same two are one edge', () => {
    expect(edgeOf('shop.cache', 'shop.web')).toMatchObject({ relations: ['wants', 'after'] });
  });

  test('before turns the arrow round', () => {
    expect(edgeOf('shop.log', 'shop.cache')).toMatchObject({ relations: ['before'], awaited: 'started' });
  });

  test('stopping together and conflicts order nothing', () => {
    expect(edgeOf('shop.db', 'shop.proxy')).toMatchObject({ relations: ['part_of'], awaited: null });
    expect(edgeOf('old-backup.service', 'shop.backup')).toMatchObject({ awaited: null });
  });

  test('units and containers elsewhere stand in it as what they are', () => {
    const kinds = Object.fromEntries(graphOf(shop).nodes.map(({ id, kind }) => [id, kind]));
    expect(kinds).toMatchObject({
      'srv-data.mount': 'unit',
      collector: 'elsewhere',
      'shop.backup': 'scheduled',
    });
  });

  test('an external network is told apart', () => {
    expect(graphOf(shop).networks).toContainEqual({ name: 'shop_back', external: true });
  });

  test('a cycle is drawn rather than followed for ever', () => {
    const graph = graphOf(
      makeApp('ring', { a: { spec: { after: ['ring.b'] } }, b: { spec: { after: ['ring.a'] } } }),
    );
    expect([...startSteps(graph).values()].toSorted()).toEqual([0, 1]);
    expect(graphText([graph])).toContain('after b (started)');
  });
});
