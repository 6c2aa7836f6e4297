import type { ContainerSpec } from '../model/container.ts';

/** What a container is like where nothing is said. */
export const specDefaults = {
  ports: [],
  mounts: [],
  restart: 'always',
  stopTimeoutMs: 10_000,
  after: [],
  requires: [],
} as const satisfies Partial<ContainerSpec>;
