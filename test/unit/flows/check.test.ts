import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/errors/failure.ts';
import { manifestSchema } from '../../../src/core/model/manifest.ts';
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

const emit = (): void => undefined;
const files = {
  exists: (path: string) => Promise.resolve(path === '/there'),
  read: () => Promise.resolve(null),
  readLink: () => Promise.resolve(null),
};
const host = { files };
type Context = Parameters<typeof check>[0];

describe('gear check on this machine', () => {
  it('tells a bind source that is not there, once for all copies, with its place', async () => {
    const input = { read: [app], flawed: [], failures: [], count: 1, fail: true };
    const result = await check({ host, emit } as unknown as Context, input);
    if (result.ok) throw new Error('nothing was found');
    expect(result.failures).toHaveLength(1);
    expect(result.failures[0]).toMatchObject({
      code: 'BIND_SOURCE',
      next: 'mkdir -p /gone; or correct the path',
      place: { text: 'containers.web.volumes.1' },
    });
  });

  it('refuses a directive that the systemd of this host does not have, and none where it has no systemd', async () => {
    const directives = [{ section: 'Service', name: 'RestartSteps', value: '5' }] as const;
    const containers = app.request.containers.map((each) => ({
      ...each,
      spec: { ...each.spec, mounts: [], directives },
    }));
    const read = [{ ...app, request: { ...app.request, containers } }];
    const input = { read, flawed: [], failures: [], count: 1, fail: false };
    const onVersion = (version: number) => {
      const systemd = () => Promise.resolve({ version: () => Promise.resolve(version) });
      return check({ host: { ...host, systemd }, emit } as unknown as Context, input);
    };
    expect(await onVersion(252)).toMatchObject({
      value: {
        failures: [
          {
            code: 'DIRECTIVE_UNKNOWN',
            place: { text: 'containers.web.systemd.Service.RestartSteps' },
          },
        ],
      },
    });
    expect(await onVersion(254)).toMatchObject({ value: { failures: [] } });
    const absent = () => Promise.reject(new FailureError({ code: 'SYSTEMD_ABSENT', message: '', next: '' }));
    const result = await check({ host: { ...host, systemd: absent }, emit } as unknown as Context, input);
    expect(result).toMatchObject({ value: { failures: [] } });
  });

  it('counts descriptors and instances, and can give mistakes as a value', async () => {
    const input = { read: [app], flawed: [], failures: [], count: 2, fail: false };
    const result = await check({ host, emit } as unknown as Context, input);
    expect(result).toMatchObject({
      ok: true,
      value: { apps: 2, containers: 2, failures: [{ code: 'BIND_SOURCE' }] },
    });
  });

  describe('a container of an app that is not given', () => {
    const relating = (target: string) => {
      const [first] = app.request.containers;
      if (first === undefined) throw new Error('the app has a container');
      const containers = [{ ...first, spec: { ...first.spec, mounts: [], requires: [target] } }];
      return { ...app, request: { ...app.request, containers } };
    };
    const checked = async (target: string, instances?: readonly { readonly name: string }[]) => {
      const told: string[] = [];
      const manifest = { schema: manifestSchema, generation: 1, instances: instances ?? [], units: {} };
      const here = {
        ...files,
        readLink: () => Promise.resolve('generations/1'),
        read: () => Promise.resolve(new TextEncoder().encode(JSON.stringify(manifest))),
      };
      const context = {
        host: { files: instances === undefined ? files : here },
        emit: ({ message }: { readonly message: string }) => told.push(message),
      };
      const input = { read: [relating(target)], flawed: [], failures: [], count: 1, fail: false };
      const result = await check(context as unknown as Context, input);
      if (!result.ok) throw new Error(result.failures[0]?.message);
      return { told, failures: result.value.failures };
    };

    it('is a mistake where gear runs and has no such container', async () => {
      const { told, failures } = await checked('nosuch.foo', []);
      expect(failures).toMatchObject([
        { code: 'DEPENDENCY_UNKNOWN', place: { text: 'containers.web.requires' } },
      ]);
      expect(told).toEqual([]);
      expect(await checked('nosuch.foo', [{ name: 'nosuch.foo' }])).toEqual({ told: [], failures: [] });
    });

    it('is only told where no gear ever ran, because another host may have it', async () => {
      const { told, failures } = await checked('nosuch.foo');
      expect(failures).toEqual([]);
      expect(told).toEqual([expect.stringContaining('"nosuch.foo" is neither a unit of systemd')]);
    });

    it('is a mistake everywhere when it looks like a unit with its suffix misspelt', async () => {
      const { failures } = await checked('postgresql.servce');
      expect(failures).toMatchObject([{ next: 'did you mean "postgresql.service"?' }]);
      expect((await checked('postgresql.service')).failures).toEqual([]);
    });
  });
});
