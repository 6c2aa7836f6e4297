import { describe, expect, it } from 'vitest';
import { findCycles } from '../../../../src/core/descriptor/checks/cycles.ts';
import type { ReadApp } from '../../../../src/core/descriptor/checks/read-app.ts';

/** An app whose containers start after others. */
function appOf(after: Readonly<Record<string, readonly string[]>>): ReadApp {
  const containers = Object.entries(after).map(([container, names]) => ({
    app: 'shop',
    container,
    environment: {},
    spec: {
      image: 'busybox:1',
      ports: [],
      mounts: [],
      restart: 'always' as const,
      stopTimeoutMs: 0,
      after: names.map((name) => `shop.${name}`),
      requires: [],
    },
  }));
  return {
    request: { app: 'shop', source: 'shop.yaml', containers, networks: [], volumes: [] },
    place: (path) => ({ source: 'shop.yaml', text: path.join('.') }),
    locate: () => Promise.resolve(),
  };
}

describe('containers that wait for each other', () => {
  it('are told with the whole way round', () => {
    const [finding, ...more] = findCycles([appOf({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] })]);
    expect(finding?.failure.message).toBe('these wait for each other: a → b → c → a');
    expect(finding?.failure.place?.text).toBe('containers.a.after');
    expect(more).toEqual([]);
  });

  it('are no cycle when they only meet again', () => {
    expect(findCycles([appOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })])).toEqual([]);
  });

  it('are found where one shares the network of the other, and so starts after it', () => {
    const app = appOf({ app: ['db'], db: [] });
    const containers = app.request.containers.map((request) =>
      request.container === 'db'
        ? { ...request, spec: { ...request.spec, networkMode: 'container:shop.app' } }
        : request,
    );
    const [finding] = findCycles([{ ...app, request: { ...app.request, containers } }]);
    expect(finding?.failure.message).toBe('these wait for each other: app → db → app');
  });

  it('are found at the end of a chain of ten thousand', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`c${index}`, [`c${index + 1}`]]),
    );
    expect(findCycles([appOf({ ...chain, c10000: ['c9999'] })])).toHaveLength(1);
  });
});
