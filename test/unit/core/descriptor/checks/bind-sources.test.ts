import { expect, test } from 'vitest';
import { absentSourceAdvice } from '../../../../../src/core/descriptor/checks/bind-sources.ts';

test.each([
  ['/srv/data', 'mkdir -p /srv/data; or correct the path'],
  ['/srv/conf.d', 'mkdir -p /srv/conf.d; or correct the path'],
  ['/srv/.config', 'mkdir -p /srv/.config; or correct the path'],
  ['/var/run/docker.sock', 'start what listens on that socket, or correct the path'],
  [
    '/srv/Caddyfile',
    'make that file (where it is to be a folder: mkdir -p /srv/Caddyfile), or correct the path',
  ],
  [
    '/srv/prometheus.yml',
    'make that file (where it is to be a folder: mkdir -p /srv/prometheus.yml), or correct the path',
  ],
])('of %s that is not there nobody is told to make a folder where it is none', (source, advice) => {
  expect(absentSourceAdvice(source)).toBe(advice);
});
