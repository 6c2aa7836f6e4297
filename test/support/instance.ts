import type { Instance } from '../../src/core/model/instance.ts';

/** What a test says of an instance; the rest is that of a plain container. */
export interface InstanceParts extends Partial<Omit<Instance, 'spec'>> {
  readonly spec?: Partial<Instance['spec']>;
}

/** A complete instance, as resolved on a host. */
export function makeInstance({ spec = {}, ...parts }: InstanceParts = {}): Instance {
  return {
    name: 'web',
    app: 'web',
    container: 'web',
    engine: 'docker',
    image: {
      reference: 'docker.io/library/nginx:1.27',
      id: 'sha256:4bb46517cac39eae5a1e6f2e4ad1c4e1b0d1a9e6ba6c6d5fa87ee5b0ec7d5b09',
      digest: null,
    },
    environmentKeys: [],
    environmentFile: null,
    ownedVolumes: [],
    check: null,
    hold: null,
    hash: '0123456789ab',
    ...parts,
    spec: {
      image: 'nginx:1.27',
      ports: [],
      mounts: [],
      restart: 'always',
      stopTimeoutMs: 10_000,
      after: [],
      requires: [],
      ...spec,
    },
  };
}
