import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { freePorts } from '../../../src/core/placement/host-ports.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { installing, run } from './gear-in-memory.ts';

const wanted = { hostIp: '', hostPort: 0, containerPort: 80, protocol: 'tcp' } as const;

function hostWithImage(): MemoryHost {
  const host = new MemoryHost();
  host.docker.images.add('nginx:1');
  host.docker.images.add('nginx:2');
  return host;
}

async function portsOn(host: MemoryHost, name: string): Promise<readonly number[]> {
  const manifest = await readCurrentManifest(host.files);
  const found = manifest?.instances.find((each) => each.name === name);
  return found?.spec.ports.map(({ hostPort }) => hostPort) ?? [];
}

describe('a host port that is left to gear', () => {
  test('is a free one, and stays the same over updates', async () => {
    const host = hostWithImage();
    await run(host, installing(['nginx:1', 'web'], { flags: { publish: ['0:80'] } }));
    const [first] = await portsOn(host, 'web');
    expect(first).toBeGreaterThanOrEqual(20_000);
    await run(host, installing(['nginx:2', 'web'], { flags: { publish: ['0:80'] } }));
    expect(await portsOn(host, 'web')).toEqual([first]);
  });

  test('is none that a process listens on', async () => {
    const [first] = freePorts('web', wanted, []);
    const host = hostWithImage();
    host.listeners.push({ protocol: 'tcp', address: '0.0.0.0', port: first?.hostPort ?? 0 });
    await run(host, installing(['nginx:1', 'web'], { flags: { publish: ['0:80'] } }));
    expect(await portsOn(host, 'web')).not.toContain(first?.hostPort);
  });

  test('is none that another container has, held or not', async () => {
    const [first] = freePorts('web', wanted, []);
    const host = hostWithImage();
    const fixed = [`${String(first?.hostPort)}:80`];
    await run(host, installing(['nginx:1', 'other'], { flags: { publish: fixed }, start: false }));
    await run(host, installing(['nginx:1', 'web'], { flags: { publish: ['0:80'] } }));
    expect(await portsOn(host, 'web')).not.toContain(first?.hostPort);
  });

  test('differs for each of several, of one container and of two', async () => {
    const host = hostWithImage();
    await run(host, installing(['nginx:1', 'one', 'two'], { flags: { publish: ['0:80', '0:80', '0:81'] } }));
    const all = [...(await portsOn(host, 'one')), ...(await portsOn(host, 'two'))];
    expect(new Set(all).size).toBe(6);
  });
});
