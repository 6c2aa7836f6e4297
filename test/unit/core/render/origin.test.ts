import { expect, test } from 'vitest';
import { originOf } from '../../../../src/core/render/origin.ts';
import { makeInstance } from '../../../support/instance.ts';

test('each line of a unit says where it comes from, and a command line goes on with its directive', () => {
  const instance = makeInstance({
    spec: {
      ports: [{ hostIp: '', hostPort: 80, containerPort: 80, protocol: 'tcp' }],
      after: ['db'],
      directives: [{ section: 'Service', name: 'LimitCORE', value: '0' }],
    },
  });
  const text = `# A comment
[Unit]
After=docker.service
After=ctr-db.service

[Service]
ExecStartPre=/bin/sh /etc/gear/current/gates/create.sh web \\
  --publish 80:80/tcp \\
  --no-healthcheck
LimitCORE=0
Restart=always
`;
  expect(
    originOf(text, instance, { name: 'a.hbs', text: '# a\nAfter=docker.service\n' }).map(({ from }) => from),
  ).toEqual([
    ...[null, null, 'a.hbs:2', '--after', null, null],
    ...['gate create.sh', '--publish', 'gate create.sh', '--service', '--restart'],
  ]);
});
