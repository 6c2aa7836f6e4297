import { posix } from 'node:path';
import { FailureError } from '../../../errors/failure.ts';
import type { EngineContainer } from '../../../ports/engine.ts';
import { ownerLabel } from '../../engine/owner-label.ts';
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
    return (
      call === null ||
      (restoreImage(words, call) && restoreContainer(words, call) && rename(words, gate, call))
    );
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
function restoreContainer(words: readonly string[], { engine, kind }: EngineCall): boolean {
  const at = words.indexOf('create');
  const [form] = flagValues(words, '--name');
  if (at === -1 || kind !== 'docker' || form === undefined || words.includes('gear.init=true')) return true;
  return (
    engine.containers.all().some((each) => each.name === form || formOf(each) === form) ||
    engine.containers.create(form, words.slice(at)) === null
  );
}

/** name.sh NAME CREATE… and prepare.sh INSTANCE APP NAME…: what has the name gives it to the form that starts. */
function rename(words: readonly string[], gate: number, { engine }: EngineCall): boolean {
  const script = posix.basename(words[gate] ?? '');
  if (script !== 'name.sh' && script !== 'prepare.sh') return true;
  const [name = '', instance] =
    script === 'name.sh' ? [words[gate + 1], words[gate + 4]] : [words[gate + 3], words[gate + 1]];
  if (name === `ctr-${instance ?? ''}`) return true;
  const [form] = flagValues(words, '--name');
  const holder = engine.containers.find(name);
  if (holder !== null && formOf(holder) !== form) {
    const owner = holder.labels[ownerLabel];
    if (owner === undefined || (owner !== instance && holder.running)) return false;
    if (script === 'prepare.sh') engine.containers.remove(name);
    else engine.containers.rename(name, formOf(holder));
  }
  if (form !== undefined) {
    const own = engine.containers.find(form) ?? engine.containers.all().find((each) => formOf(each) === form);
    if (own !== undefined) engine.containers.rename(own.name, name);
  }
  return true;
}

/** The name of a container's form, by its labels. */
function formOf({ labels }: EngineContainer): string {
  return `ctr-${labels[ownerLabel] ?? ''}.${labels['gear.hash'] ?? ''}`;
}
