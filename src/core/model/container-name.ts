import type { EngineKind } from './engine-kind.ts';
import type { Instance } from './instance.ts';
import { dockerContainerName, podmanContainerName } from './unit-names.ts';

/** What the engine calls the container of this form while it runs: the name that was asked for, else gear's own. */
export function containerName(instance: Instance): string {
  return instance.spec.containerName ?? ownName(instance);
}

/**
 * What it is made as. A name that was asked for is that of one container, so Docker's, of which two forms stand side by
 * side, has it from its first start until another form starts, and this one before and after.
 */
export function formName(instance: Instance): string {
  return instance.engine === 'docker' ? ownName(instance) : containerName(instance);
}

interface Container {
  readonly engine: EngineKind;
  readonly name: string;
  readonly hash: string;
}

/** Whether a container with the label of the instance is that of this form, by one of the names that it may have. */
export function isOfForm(instance: Instance, { engine, name, hash }: Container): boolean {
  if (engine !== instance.engine) return false;
  if (name === formName(instance)) return true;
  // The name that was asked for is that of the earlier form until this one starts.
  return name === containerName(instance) && hash === instance.hash;
}

function ownName({ engine, name, hash }: Instance): string {
  return engine === 'docker' ? dockerContainerName(name, hash) : podmanContainerName(name);
}
