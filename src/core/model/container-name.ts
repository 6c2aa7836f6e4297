import type { Instance } from './instance.ts';
import { dockerContainerName, podmanContainerName } from './unit-names.ts';

/** The engine's container of this form of the instance. */
export function containerName(instance: Instance): string {
  return instance.engine === 'docker'
    ? dockerContainerName(instance.name, instance.hash)
    : podmanContainerName(instance.name);
}
