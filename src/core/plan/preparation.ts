import type { Instance } from '../model/instance.ts';
import { keepTag, keptBy, shortId } from '../model/keep-tag.ts';
import type { AppNetwork } from '../model/network.ts';
import { isAwaiting, startReason } from './actions.ts';
import { formName, isOfForm } from '../model/container-name.ts';
import { hasSameFiles, imagesOf } from './form.ts';
import { containersOf, declaredBefore } from './known.ts';
import { joinsAny, type ReplacedNetwork, replacedNetworks } from './network-moves.ts';
import type { Observed } from './observed.ts';
import { type Operation, operation } from './operation.ts';
import type { Wishes } from './wishes.ts';

interface PreparationInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly networks: readonly AppNetwork[];
  readonly wishes: Wishes;
}

/**
 * What can be made beside what runs: networks, files, tags, volumes, and for Docker the containers themselves. Only for
 * what is new, changed, named by the command or about to start: somebody else's pruned image is not this command's trouble.
 * What joins a network that is made anew is created as it starts, for an address may be of the new one; likewise what
 * shares that of a container which has its name only then.
 */
export function planPreparation(input: PreparationInput): readonly Operation[] {
  const concerned = new Set<string>();
  const kept = new Map([...input.observed.tags].map(([engine, tags]) => [engine, new Set(tags.map(keptBy))]));
  const replaced = replacedNetworks(input.observed, input.networks);
  const operations = input.desired.flatMap((instance) => {
    const before = declaredBefore(input.observed, instance.name);
    const reason = instance.hold === null ? startReason(input.observed, input.wishes, instance) : null;
    const starts = reason !== null;
    const changed = before?.hash !== instance.hash;
    const rereads = before !== undefined && !hasSameFiles(before, instance);
    if (!changed && !starts && !rereads && !input.wishes.touched.has(instance.name)) return [];
    concerned.add(instance.app);
    const early =
      instance.joins?.isLate !== true &&
      !joinsAny(
        instance,
        replaced.map(({ network }) => network),
      );
    const create = early ? planContainer(input, instance, before) : [];
    return [
      ...planFile(input, instance),
      ...planData(input, instance),
      ...planTags(kept.get(instance.engine), instance),
      ...(starts && !isAwaiting({ reason }) ? planNote(instance) : []),
      ...(changed || starts || create.length > 0 ? planVolumes(instance) : []),
      ...create,
    ];
  });
  return [...planNetworks(input, replaced, concerned), ...withoutRepetition(operations)];
}

function planNetworks(
  { observed, networks }: PreparationInput,
  replaced: readonly ReplacedNetwork[],
  concerned: ReadonlySet<string>,
): readonly Operation[] {
  const anew = new Set(replaced.map(({ network }) => network));
  const present = new Set(observed.networks.map(({ engine, name }) => `${engine} ${name}`));
  const missing = networks
    .filter((network) => !anew.has(network))
    .filter(({ app, engine, name }) => concerned.has(app) && !present.has(`${engine} ${name}`))
    .map(({ app, engine, name }) =>
      operation('network.ensure', 'prepare', name, `the containers of ${app} meet on it`, {
        engine,
        network: name,
        app,
      }),
    );
  return [...missing, ...replaced.flatMap(replaceNetwork)];
}

/**
 * Between the two the generation is swapped, and whatever starts makes the network as its own text says: so a crash
 * leaves either the old set on the old network or the new one on the new.
 */
function replaceNetwork({ network, reason }: ReplacedNetwork): readonly Operation[] {
  const { app, engine, name } = network;
  const fields = { engine, network: name, app };
  return [
    operation('network.replace', 'write', name, reason, fields),
    operation('network.ensure', 'reload', name, reason, fields),
  ];
}

/** A file, tag or volume that several instances need is made once: operations of one stage run side by side. */
function withoutRepetition(operations: readonly Operation[]): readonly Operation[] {
  const made = new Set<string>();
  return operations.filter((each) => {
    const thing = sharedThing(each);
    const isNew = thing === null || !made.has(thing);
    if (thing !== null) made.add(thing);
    return isNew;
  });
}

function sharedThing(each: Operation): string | null {
  if (each.kind === 'file.write' || each.kind === 'data.write') return `${each.kind} ${each.hash}`;
  if (each.kind === 'image.tag') return `tag ${each.engine} ${each.tag}`;
  return each.kind === 'volume.ensure' ? `volume ${each.engine} ${each.volume}` : null;
}

function planFile({ observed }: PreparationInput, instance: Instance): readonly Operation[] {
  const hash = instance.environmentFile;
  if (hash === null || observed.files.has(hash)) return [];
  const fields = { instance: instance.name, hash };
  return [operation('file.write', 'prepare', instance.name, 'its environment is new', fields)];
}

function planData({ observed }: PreparationInput, instance: Instance): readonly Operation[] {
  return (instance.files ?? [])
    .filter(({ hash }) => !observed.data.has(hash))
    .map(({ hash, target }) =>
      operation('data.write', 'prepare', `${instance.name}:${target}`, 'its content is new', {
        instance: instance.name,
        hash,
      }),
    );
}

/** Beside the reload, which takes longer: from the swap on, whoever finishes an interrupted change makes the tag. */
function planTags(kept: ReadonlySet<string> | undefined, instance: Instance): readonly Operation[] {
  const { engine, name } = instance;
  return imagesOf(instance)
    .filter(({ id }) => kept?.has(shortId(id)) !== true)
    .map(({ id }) => {
      const tag = keepTag(id);
      const fields = { engine, instance: name, imageId: id, tag };
      return operation('image.tag', 'reload', tag, 'keeps the image while a generation needs it', fields);
    });
}

/**
 * Its image was seen, and that nobody else has the name of its container (conflicts.ts). Docker's gate has no such
 * questions: its container exists before. What a timer starts, it starts later. Of a name that was asked for the gate
 * sees itself who has it.
 */
function planNote({ engine, name, image, spec }: Instance): readonly Operation[] {
  if (engine !== 'podman' || spec.schedule !== undefined || spec.containerName !== undefined) return [];
  const fields = { instance: name, imageId: image.id };
  return [operation('image.note', 'reload', name, 'its start need not ask what was seen', fields)];
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
  const container = formName(instance);
  const exists = containersOf(observed, instance.name).some((each) => isOfForm(instance, each));
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
