import { expect, test } from 'vitest';
import { adoptHost, readAdoptSource } from '../../../src/cli/adopt-source.ts';

test('the host of a line is that of its containers, or of --host', () => {
  expect(adoptHost(['prod/db', 'prod/web'], {})).toEqual({ host: 'prod', containers: ['db', 'web'] });
  expect(adoptHost(['db'], { host: 'prod' })).toEqual({ host: 'prod', containers: ['db'] });
  expect(adoptHost([], { host: 'prod' })).toEqual({ host: 'prod', containers: [] });
  expect(adoptHost(['db'], {})).toEqual({ host: null, containers: ['db'] });
});

test.each([
  ['containers of several hosts', ['prod/db', 'web'], {}, 'on several hosts'],
  ['a folder of Quadlet of another host', [], { host: 'prod', quadlet: '/etc/x' }, 'not of prod'],
])('%s are refused', (_what, words, flags, said) => {
  expect(() => adoptHost(words, flags)).toThrow(said);
});

test('containers of this host are what is adopted', async () => {
  expect(await readAdoptSource(['web'], { name: 'shop' })).toEqual({
    kind: 'containers',
    containers: ['web'],
    name: 'shop',
  });
});
