import type { ContainerSpec } from './container.ts';

/** Whether the container runs to its end, and is then done: a job, or one on a schedule. */
export function isOneShot(spec: Pick<ContainerSpec, 'job' | 'schedule'>): boolean {
  return spec.job === true || spec.schedule !== undefined;
}
