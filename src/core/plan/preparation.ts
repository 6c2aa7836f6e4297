import type { Instance } from '../model/instance.ts';
import { startReason } from './actions.ts';
import { containerName } from '../model/container-name.ts';
import { keepTag } from './form.ts';
import type { Observed } from './observed.ts';
import { type Operation, operation } from './operation.ts';
import type { Wishes } from './wishes.ts';

interface PreparationInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly wishes: Wishes;
}

/**
 * What can be made beside what runs: files, tags, volumes, and for Docker the containers themselves. Only for what is
 * new, changed, named by the command or about to start: somebody else's pruned image is not this command's trouble.
 */
export function planPreparation(input: PreparationInput): readonly Operation[] {
  const known = new Map(input.observed.manifest?.instances.map((instance) => [instance.name, instance]));
  const operations = input.desired.flatMap((instance) => {
    const before = known.get(instance.name);
    const starts = instance.hold === null && startReason(input.observed, input.wishes, instance) !== null;
    const changed = before?.hash !== instance.hash;
    if (!changed && !starts && !input.wishes.touched.has(instance.name)) return [];
    const create = planContainer(input, instance, before);
    return [
      ...planFile(input, instance),
      ...planTag(input, instance),
      ...(changed || starts || create.length > 0 ? planVolumes(instance) : []),
      ...create,
    ];
  });
  return withoutRepetition(operations);
}

/** A file or volume that several instances need is made once: operations of one stage run side by side. */
function withoutRepetition(operations: readonly Operation[]): readonly Operation[] {
  const made = new Set<string>();
  return operations.filter((each) => {
    if (each.kind !== 'file.write' && each.kind !== 'volume.ensure') return true;
    const thing = each.kind === 'file.write' ? `file ${each.hash}` : `volume ${each.engine} ${each.volume}`;
    const isNew = !made.has(thing);
    made.add(thing);
    return isNew;
  });
}

function planFile({ observed }: PreparationInput, instance: Instance): readonly Operation[] {
  const hash = instance.environmentFile;
  if (hash === null || observed.files.has(hash)) return [];
  const fields = { instance: instance.name, hash };
  return [operation('file.write', 'prepare', instance.name, 'its environment is new', fields)];
}

function planTag({ observed }: PreparationInput, instance: Instance): readonly Operation[] {
  const tag = keepTag(instance);
  const { engine, image } = instance;
  if ((observed.tags.get(engine) ?? []).includes(tag)) return [];
  const fields = { engine, imageId: image.id, tag };
  return [operation('image.tag', 'prepare', tag, 'keeps the image while a generation needs it', fields)];
}

function planVolumes(instance: Instance): readonly Operation[] {
  const { engine, name } = instance;
  return volumesOf(instance).map((volume) =>
    operation('volume.ensure', 'prepare', volume, `${name} mounts it`, { engine, volume, instance: name }),
  );
}

function planContainer(
  { observed }: PreparationInput,
  instance: Instance,
  before: Instance | undefined,
): readonly Operation[] {
  const container = containerName(instance);
  const exists = observed.containers.some((each) => each.engine === 'docker' && each.name === container);
  if (instance.engine !== 'docker' || exists) return [];
  const reason =
    before === undefined ? 'new' : before.hash === instance.hash ? 'it is gone' : 'its form changed';
  const fields = { engine: instance.engine, instance: instance.name, container };
  return [operation('container.create', 'create', container, reason, fields)];
}

/** The named volumes of the engine that the instance mounts: the user's and gear's. */
export function volumesOf(instance: Instance): readonly string[] {
  const named = instance.spec.mounts.filter((mount) => mount.kind === 'volume').map((mount) => mount.source);
  return [...new Set([...named, ...instance.ownedVolumes.map((volume) => volume.name)])].toSorted();
}
