import { expect, test } from 'vitest';
import { nativeApp } from '../../../../../src/core/descriptor/export/native-app.ts';
import { runningApp } from '../../../../../src/core/descriptor/export/running-app.ts';
import { makeInstance } from '../../../../support/instance.ts';

const options = { showEnv: true, fileSource: (_: string, target: string) => `/etc/gear/files${target}` };

test('what gear install made is on the default bridge, and its volume keeps its name', () => {
  const instance = makeInstance({
    spec: {
      mounts: [{ kind: 'volume', source: 'data', target: '/data', options: [] }],
      after: ['db', 'shop.cache', 'network-online.target'],
    },
  });
  const { value, notes } = nativeApp(runningApp('web', [instance], [], new Map()), options);
  expect(notes).toEqual([]);
  expect(value).toEqual({
    name: 'web',
    engine: 'docker',
    containers: {
      web: {
        image: 'nginx:1.27',
        volumes: ['data:/data'],
        network_mode: 'bridge',
        after: ['ctr-db.service', 'shop.cache', 'network-online.target'],
      },
    },
    volumes: { data: { name: 'data' } },
  });
});

test('copies are one container again, and a network of somebody else is external', () => {
  const copy = (number: number) =>
    makeInstance({
      name: `shop.web-${String(number)}`,
      app: 'shop',
      container: 'web',
      spec: {
        networks: [
          { name: 'shared', aliases: ['web', `web-${String(number)}`] },
          { name: 'shop_default', aliases: ['web', `web-${String(number)}`, 'www'] },
        ],
        ports: [{ hostIp: '', hostPort: 8079 + number, containerPort: 80, protocol: 'tcp' }],
      },
    });
  const networks = [{ app: 'shop', engine: 'docker' as const, name: 'shop_default', spec: {} }];
  const app = runningApp('shop', [copy(1), copy(2), makeInstance()], networks, new Map());
  const { value, notes } = nativeApp(app, options);
  expect(notes).toEqual([]);
  expect(value).toMatchObject({
    containers: {
      web: { count: 2, ports: ['8080-8081:80'], networks: { shared: {}, default: { aliases: ['www'] } } },
    },
    networks: { shared: { external: true } },
  });
});

test('a file that is no text is named where it lies, and what a descriptor cannot say is noted', () => {
  const files = [{ target: '/logo.png', mode: 0o444 }];
  const copies = [1, 2].map((number) =>
    makeInstance({
      name: `shop.web-${String(number)}`,
      app: 'shop',
      container: 'web',
      spec: { files, memoryBytes: number * 1024 ** 3 },
    }),
  );
  const contents = new Map([
    [
      'shop.web-1',
      { environment: {}, files: [{ target: '/logo.png', content: new Uint8Array([0xff, 0xd8]) }] },
    ],
  ]);
  const { value, notes } = nativeApp(runningApp('shop', copies, [], contents), options);
  expect(value).toMatchObject({
    containers: { web: { files: [{ target: '/logo.png', source: '/etc/gear/files/logo.png' }] } },
  });
  expect(notes).toEqual(['the copies of web differ from each other: this is the form of the first']);
});
