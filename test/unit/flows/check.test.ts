import { describe, expect, it } from 'vitest';
import { check } from '../../../src/flows/check.ts';
import type { ReadApp } from '../../../src/core/descriptor/checks/read-app.ts';

const app = {
  request: {
    app: 'shop',
    source: 'shop.yaml',
    networks: [],
    volumes: [],
    containers: [1, 2].map((copy) => ({
      app: 'shop',
      container: 'web',
      copy,
      environment: {},
      spec: {
        image: 'nginx:1.27',
        ports: [],
        mounts: [
          { kind: 'bind', source: '/there', target: '/a', options: [] },
          { kind: 'bind', source: '/gone', target: '/b', options: [] },
        ],
        restart: 'always',
        stopTimeoutMs: 10_000,
        after: [],
        requires: [],
      },
    })),
  },
  place: (path) => ({ source: 'shop.yaml', text: path.join('.') }),
  locate: () => Promise.resolve(),
} as const satisfies ReadApp;

const host = { files: { exists: (path: string) => Promise.resolve(path === '/there') } };
type Context = Parameters<typeof check>[0];

describe('gear check on this machine', () => {
  it('tells a bind source that is not there, once for all copies, with its place', async () => {
    const input = { read: [app], failures: [], count: 1, fail: true };
    const result = await check({ host } as unknown as Context, input);
    if (result.ok) throw new Error('nothing was found');
    expect(result.failures).toHaveLength(1);
    expect(result.failures[0]).toMatchObject({
      code: 'BIND_SOURCE',
      next: 'mkdir -p /gone; or correct the path',
      place: { text: 'containers.web.volumes.1' },
    });
  });

  it('counts descriptors and instances, and can give mistakes as a value', async () => {
    const input = { read: [app], failures: [], count: 2, fail: false };
    const result = await check({ host } as unknown as Context, input);
    expect(result).toMatchObject({
      ok: true,
      value: { apps: 2, containers: 2, failures: [{ code: 'BIND_SOURCE' }] },
    });
  });
});
