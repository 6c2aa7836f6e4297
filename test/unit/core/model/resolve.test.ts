import { describe, expect, it } from 'vitest';
import type { ContainerSpec } from '../../../../src/core/model/container.ts';
import { resolveInstance } from '../../../../src/core/model/resolve.ts';
import { makeInstance } from '../../../support/instance.ts';

const imageConfig = {
  entrypoint: [],
  command: ['nginx'],
  user: '',
  environment: [],
  volumes: ['/data'],
  health: { test: ['CMD', 'true'], intervalMs: 0, timeoutMs: 0, retries: 0, startPeriodMs: 0 },
  labels: {},
};

const image = { reference: 'docker.io/library/nginx:1.27', id: `sha256:${'1'.repeat(64)}`, digest: null };

type Input = Parameters<typeof resolveInstance>[0];

function resolve(spec: Partial<ContainerSpec>, further: Partial<Input> = {}) {
  return resolveInstance({
    ...{ name: 'web', app: 'web', container: 'web', engine: 'docker', image, imageConfig, hold: null },
    ...{ environmentKeys: ['A'], environmentFile: 'f00' },
    ...further,
    spec: makeInstance({ spec }).spec,
  });
}

describe('the hash of a container that an earlier gear installed', () => {
  const noCheck = { imageConfig: { ...imageConfig, health: null } };
  const ports = [{ hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' } as const];
  const mounts = [{ kind: 'bind', source: '/srv', target: '/srv', options: ['ro'] } as const];

  it('is what it was, so that an upgrade restarts nothing', () => {
    expect(resolve({ ports, mounts }, noCheck).hash).toBe('1835247ed953');
    const more = { command: ['x'], memoryBytes: 268_435_456, cpus: 1.5, user: '1000' };
    const health = { command: ['true'] };
    const podman = { ...noCheck, engine: 'podman' } as const;
    expect(resolve({ ports, mounts, ...more, health }, podman).hash).toBe('8bf5d678b702');
  });
});

describe('a new form', () => {
  const files = [{ target: '/etc/a', mode: 0o444, hash: 'f1' }];
  const changed = [{ target: '/etc/a', mode: 0o444, hash: 'f2' }];
  const secrets = (hash: string) => [{ name: 'pg', file: 'pg', mode: 0o444, hash, encrypted: true }];

  it('comes of other contents of files and secrets', () => {
    expect(resolve({}, { files }).hash).not.toBe(resolve({}, { files: changed }).hash);
    expect(resolve({}, { secrets: secrets('1') }).hash).not.toBe(resolve({}, { secrets: secrets('2') }).hash);
  });

  it('does not come of other files where they can be reread', () => {
    const reload = { kind: 'signal', signal: 'HUP' } as const;
    expect(resolve({ reload }, { files }).hash).toBe(resolve({ reload }, { files: changed }).hash);
  });

  it('does not come of what only systemd acts on', () => {
    const directives = [{ section: 'Service', name: 'IOWeight', value: '1' } as const];
    const restartDelay = { firstMs: 1, longestMs: 2 };
    const systemd = {
      before: ['a'],
      wants: ['a'],
      partOf: ['a'],
      conflicts: ['a'],
      directives,
      restartDelay,
    };
    expect(resolve(systemd).hash).toBe(resolve({}).hash);
  });

  it('comes of another image of an init step', () => {
    const init = (id: string) => ({ initImages: [{ ...image, id }] });
    expect(resolve({}, init('sha256:1')).hash).not.toBe(resolve({}, init('sha256:2')).hash);
  });
});

it('a volume of the image on which memory is mounted is none of gear', () => {
  expect(resolve({}).ownedVolumes).toHaveLength(1);
  expect(resolve({ tmpfs: [{ target: '/data/', options: [] }] }).ownedVolumes).toEqual([]);
});

it.each([{ job: true }, { schedule: 'daily' }] as const)(
  '%o has no check, whatever the image says',
  (spec) => {
    expect(resolve({}).check).not.toBeNull();
    expect(resolve(spec).check).toBeNull();
  },
);
