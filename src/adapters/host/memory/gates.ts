import { posix } from 'node:path';
import { FailureError } from '../../../errors/failure.ts';
import type { EngineCall } from './engine-call.ts';
import type { UnitText } from './unit-text.ts';
import { flagValues } from './unit-text.ts';

/**
 * Does what the gates in ExecStartPre do (templates/gates): refuse while a requirement is not active, fetch an image
 * that was pruned, create a container that is not there. False when one of them fails.
 */
export function passGates(
  text: UnitText,
  call: EngineCall | null,
  isActive: (unit: string) => boolean,
): boolean {
  return text.commands('ExecStartPre').every((words) => {
    const gate = words.findIndex((word) => word.endsWith('.sh'));
    // require.sh INSTANCE UNIT…
    if (posix.basename(words[gate] ?? '') === 'require.sh') return words.slice(gate + 2).every(isActive);
    return call === null || (restoreImage(words, call) && restoreContainer(words, call));
  });
}

/** Gates are given the ID of the image and the digest that it can be fetched by again. */
function restoreImage(words: readonly string[], { engine }: EngineCall): boolean {
  const id = words.find((word) => word.startsWith('sha256:'));
  if (id === undefined || engine.images.find(id) !== null) return true;
  const digest = words.find((word) => word.includes('@sha256:'));
  if (digest === undefined) return false;
  try {
    return engine.images.fetch(digest).id === id;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

/** The same arguments as gear's own create, but without the values of its environment. */
function restoreContainer(words: readonly string[], { engine, name }: EngineCall): boolean {
  const at = words.indexOf('create');
  if (at === -1 || !flagValues(words, '--name').includes(name)) return true;
  return engine.containers.find(name) !== null || engine.containers.create(name, words.slice(at)) === null;
}
