import { describe, expect, test } from 'vitest';
import { compareApps } from '../../../../../src/core/descriptor/diff/compare-apps.ts';
import { makeApp } from '../../../../support/app.ts';
import { shop } from '../../../../support/shop.ts';

describe('comparing what two descriptors mean', () => {
  test('says nothing where they mean the same, whatever the order', () => {
    const turned = { ...shop, containers: shop.containers.toReversed() };
    expect(compareApps(shop, turned)).toEqual({ lines: [], containers: [] });
  });

  test('names what came, what went, and what only has another name', () => {
    const before = makeApp('a', { web: {}, old: { spec: { image: 'x:1' } }, gone: { spec: { cpus: 1 } } });
    const after = makeApp('a', { web: {}, fresh: { spec: { image: 'x:1' } }, more: { spec: { cpus: 2 } } });
    expect(compareApps(before, after).containers).toEqual([
      { name: 'fresh', change: 'renamed', from: 'old', lines: [] },
      { name: 'gone', change: 'removed', lines: [] },
      { name: 'more', change: 'added', lines: [] },
    ]);
  });

  test('tells what differs of a container, values of variables and contents of files only by name', () => {
    const file = (text: string) => [{ target: '/etc/x', content: new TextEncoder().encode(text) }];
    const before = makeApp('a', { web: { environment: { A: 'secret-1', B: '1' }, files: file('one') } });
    const after = makeApp('a', {
      web: {
        spec: { image: 'web:2', cpus: 1 },
        environment: { A: 'secret-2', C: '1' },
        secretEnvironment: { D: 'pg' },
        files: file('two'),
      },
    });
    const difference = compareApps(before, after);
    expect(difference.containers).toEqual([
      {
        name: 'web',
        change: 'changed',
        lines: [
          'image: web:1 → web:2',
          'cpus: 1 (was not set)',
          'env B goes',
          'env C is new',
          'env D is new',
          'env A has another value',
          'file /etc/x has another content',
        ],
      },
    ]);
    expect(JSON.stringify(difference)).not.toContain('secret-');
  });

  test('a value from a secret is not the same as that text', () => {
    const before = makeApp('a', { web: { environment: { A: 'pg' } } });
    const after = makeApp('a', { web: { secretEnvironment: { A: 'pg' } } });
    expect(compareApps(before, after).containers[0]?.lines).toEqual(['env A has another value']);
  });

  test('another number of copies is told with the ports that come with it', () => {
    const copy = (number: number) => ({
      container: 'web',
      copy: number,
      spec: {
        ports: [{ hostIp: '', hostPort: 8080 + number, containerPort: 80, protocol: 'tcp' as const }],
        networks: [{ name: 'a_default', aliases: ['web', `web-${String(number)}`] }],
      },
    });
    const before = makeApp('a', { one: copy(1), two: copy(2) });
    const after = makeApp('a', { one: copy(1), two: copy(2), three: copy(3) });
    expect(compareApps(before, after).containers).toEqual([
      { name: 'web', change: 'changed', lines: ['copies: 2 → 3', 'port 8083:80 is new'] },
    ]);
  });

  test('two apps of different names can mean the same but for that', () => {
    const volume = (app: string) => [
      { kind: 'volume' as const, source: `${app}_data`, target: '/d', options: [] },
    ];
    const app = (name: string) =>
      makeApp(name, {
        db: { spec: { mounts: volume(name) } },
        web: { spec: { after: [`${name}.db`], networkMode: `container:${name}.db` } },
      });
    expect(compareApps(app('blue'), app('green'))).toEqual({ lines: ['name: blue → green'], containers: [] });
  });

  test('the engine, networks and volumes of the app are compared too', () => {
    const before = makeApp(
      'a',
      { web: {} },
      {
        engine: 'docker',
        networks: [{ name: 'a_back', spec: {} }],
        volumes: [{ name: 'a_old', driver: 'local' }, { name: 'plain' }],
      },
    );
    const after = makeApp(
      'a',
      { web: {} },
      {
        engine: 'podman',
        networks: [{ name: 'a_back', spec: { internal: true } }],
        volumes: [{ name: 'new', external: true }],
      },
    );
    expect(compareApps(before, after).lines).toEqual([
      'engine: docker → podman',
      'network a_back: {} → {"internal":true}',
      'volume a_old goes',
      'volume new is new',
    ]);
  });
});
