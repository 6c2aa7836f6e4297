import { expect, test } from 'vitest';
import { withJoins } from '../../../../src/core/model/joined.ts';
import { makeInstance } from '../../../support/instance.ts';

test('a container that shares the network of another gets its form into its own, once', () => {
  const web = makeInstance({ name: 'pod.web' });
  const side = makeInstance({ name: 'pod.side', spec: { networkMode: 'container:pod.web' } });
  const [, joined] = withJoins([web, side]);
  expect(joined?.joins).toEqual({
    instance: 'pod.web',
    container: `ctr-pod.web.${web.hash}`,
    form: web.hash,
    ownHash: side.hash,
  });
  expect(joined?.hash).not.toBe(side.hash);
  expect(withJoins([web, ...(joined === undefined ? [] : [joined])])[1]).toBe(joined);
});

test('a new form of the one is a new form of the other', () => {
  const web = makeInstance({ name: 'pod.web' });
  const side = makeInstance({ name: 'pod.side', spec: { networkMode: 'container:pod.web' } });
  const [, before] = withJoins([web, side]);
  const [, after] = withJoins([{ ...web, hash: 'another' }, ...(before === undefined ? [] : [before])]);
  expect(after?.hash).not.toBe(before?.hash);
  expect(after?.joins?.ownHash).toBe(side.hash);
});

test('the network of a container that gear does not run is left as it is named', () => {
  const side = makeInstance({ name: 'side', spec: { networkMode: 'container:proxy' } });
  expect(withJoins([side])).toEqual([side]);
});
