import { describe, expect, it } from 'vitest';
import { resolveName, resolveNames } from '../../../../src/core/model/resolve-name.ts';

const known = [
  { name: 'web', container: 'web' },
  { name: 'shop.db', container: 'db' },
  { name: 'shop.cache', container: 'cache' },
  { name: 'blog.cache', container: 'cache' },
  { name: 'ctr-odd', container: 'ctr-odd' },
  { name: 'shop.front', container: 'front', spec: { networks: [{ aliases: ['my-front', 'cache'] }] } },
  ...['shop.worker-1', 'shop.worker-2'].map((name) => ({
    ...{ name, container: name.slice('shop.'.length) },
    spec: { networks: [{ aliases: ['worker'] }] },
  })),
];

describe('a name on the command line', () => {
  it.each([
    ['web', 'web'],
    ['ctr-web.service', 'web'],
    ['ctr-web-ready.service', 'web'],
    ['ctr-web', 'web'],
    ['shop.db', 'shop.db'],
    ['ctr-shop.db.service', 'shop.db'],
    ['db', 'shop.db'],
    ['ctr-odd', 'ctr-odd'],
    ['my-front', 'shop.front'],
  ])('%s means %s', (given, name) => {
    expect(resolveName(given, known)).toEqual({ ok: true, value: name });
  });

  it('that two apps have is refused with both', () => {
    expect(resolveName('cache', known)).toMatchObject({
      failures: [{ code: 'NAME_UNKNOWN', message: '"cache" could be shop.cache or blog.cache' }],
    });
  });

  it('that is an alias of two containers is refused with both', () => {
    expect(resolveName('worker', known)).toMatchObject({
      failures: [{ message: '"worker" could be shop.worker-1 or shop.worker-2' }],
    });
  });

  it('that is nobody’s is refused with the nearest', () => {
    expect(resolveName('wbe', known)).toMatchObject({
      failures: [{ code: 'NAME_UNKNOWN', next: 'did you mean web? gear ls shows all' }],
    });
    expect(resolveName('nothing-like-it', known)).toMatchObject({
      failures: [{ next: 'see what there is: gear ls' }],
    });
  });

  it('given twice counts once, and every unknown one is told', () => {
    expect(resolveNames(['db', 'web', 'shop.db'], known)).toEqual({ ok: true, value: ['shop.db', 'web'] });
    const result = resolveNames(['x1', 'web', 'y1'], known);
    expect(result.ok ? [] : result.failures.map(({ subject }) => subject)).toEqual(['x1', 'y1']);
  });
});
