import type { AppRequest } from '../../src/core/model/app.ts';
import { makeApp } from './app.ts';

const checked = { command: ['/bin/sh', '-c', 'check'] };
const port = (hostPort: number) => ({ hostIp: '', hostPort, containerPort: 8080, protocol: 'tcp' as const });

const web = {
  image: 'registry.example.com/team/shop/web-frontend:3.14.1',
  networks: [
    { name: 'shop_default', aliases: ['web'] },
    { name: 'shop_back', aliases: ['web'] },
  ],
  requires: ['shop.migrate', 'shop.db'],
  after: ['shop.cache'],
  wants: ['shop.cache'],
};

/** One of everything that a graph shows. */
export const shop: AppRequest = makeApp(
  'shop',
  {
    db: {
      spec: {
        image: 'postgres:17',
        health: checked,
        requires: ['srv-data.mount'],
        networks: [{ name: 'shop_back', aliases: [] }],
      },
    },
    cache: { spec: { image: 'redis:7' } },
    migrate: { spec: { image: 'shop-web:3', job: true, requires: ['shop.db'] } },
    'web-1': {
      container: 'web',
      copy: 1,
      spec: { ...web, ports: [port(8081)] },
    },
    'web-2': {
      container: 'web',
      copy: 2,
      spec: { ...web, ports: [port(8082)] },
    },
    proxy: {
      spec: {
        image: 'nginx:1.27',
        ports: [port(80)],
        requires: ['shop.web-1', 'shop.web-2'],
        after: ['network-online.target'],
        partOf: ['shop.db'],
      },
    },
    backup: {
      spec: {
        image: 'backup:1',
        schedule: '*-*-* 03:00',
        after: ['shop.db'],
        conflicts: ['old-backup.service'],
      },
    },
    log: { spec: { image: 'log:1', before: ['shop.cache'], after: ['collector'] } },
  },
  { networks: [{ name: 'shop_back', external: true, spec: {} }] },
);
