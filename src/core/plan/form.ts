import type { Instance } from '../model/instance.ts';
import type { Observed, ObservedContainer } from './observed.ts';

/** The containers that carry the instance's name. */
export function containersOf(observed: Observed, instance: string): readonly ObservedContainer[] {
  return observed.containers.filter((container) => container.instance === instance);
}

/** The tag that keeps an instance's image from being pruned with others. One an image: unchanged images need no new one. */
export function keepTag(instance: Instance): string {
  return `gear.local/${instance.name}:${instance.image.id.replace('sha256:', '').slice(0, 12)}`;
}

/** Whether systemd runs it now, or is about to. */
export function isUp(active: string | undefined): boolean {
  return active === 'active' || active === 'activating' || active === 'reloading';
}
