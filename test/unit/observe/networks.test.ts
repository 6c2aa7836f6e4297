import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { observeHost } from '../../../src/observe/host.ts';
import { usedSubnets } from '../../../src/observe/networks.ts';

let host: MemoryHost;

beforeEach(async () => {
  host = new MemoryHost();
  await host.docker.ensureNetwork({
    app: 'shop',
    engine: 'docker',
    name: 'shop_default',
    spec: { subnet: '10.201.0.0/26' },
  });
  host.podman.networks.addForeign('theirs', ['10.201.0.64/26']);
  host.routeTable.push('192.168.1.0/24');
});

test('a subnet in use is one of either engine’s networks or of the host’s routes', async () => {
  expect(await usedSubnets(host)).toEqual(['192.168.1.0/24', '10.201.0.0/26', '10.201.0.64/26']);
});

test('an engine that is down does not hold back networks of the other', async () => {
  host.podman.up = false;
  expect(await usedSubnets(host)).toEqual(['192.168.1.0/24', '10.201.0.0/26']);
});

test('gear’s own networks are observed where a command asks for them, and no stranger’s', async () => {
  const options = { engines: ['docker', 'podman'], instances: [] } as const;
  expect((await observeHost(host, { ...options, networks: true })).networks).toEqual([
    { engine: 'docker', name: 'shop_default', app: 'shop', subnets: ['10.201.0.0/26'] },
  ]);
  expect(await observeHost(host, options)).toMatchObject({ networks: [] });
});
