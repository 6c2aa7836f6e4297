import type { Instance } from '../model/instance.ts';
import { keptBy } from '../model/keep-tag.ts';
import { type Manifest, wasDeclared } from '../model/manifest.ts';
import { generationPath, paths } from '../model/paths.ts';
import type { AppNetwork } from '../model/network.ts';
import { dockerContainerName, readyUnitName, unitName } from '../model/unit-names.ts';
import { startReason } from './actions.ts';
import { unitsOf } from '../render/units-of.ts';
import { containerName, isOfForm } from '../model/container-name.ts';
import { isUp } from './form.ts';
import { containersOf, declaredBefore } from './known.ts';
import { bootLinkPaths, isOwnLink, unitLinks } from './links.ts';
import type { Observed, ObservedContainer } from './observed.ts';
import { type GenerationNeeds, type Needs, needsOf } from './needs.ts';
import { type Operation, operation } from './operation.ts';
import { volumesOf } from './preparation.ts';
import type { Wishes } from './wishes.ts';

/** How many generations are kept to go back to. */
export const keptGenerations = 10;

interface CleaningInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly networks: readonly AppNetwork[];
  readonly wishes: Wishes;
  /** What the generations need that stay beside the new one. */
  readonly kept?: readonly GenerationNeeds[];
}

/** What nothing needs any more: links, containers, networks, tags, generations, files. Only what carries gear's mark. */
export function planCleaning(input: CleaningInput, manifest: Manifest | null): readonly Operation[] {
  if (input.wishes.eject.size > 0 || input.wishes.leave) {
    // What is ejected keeps links and containers; the rest waits for the next change.
    return input.desired.length > 0
      ? []
      : [operation('state.erase', 'erase', paths.root, 'nothing is left to manage', { path: paths.root })];
  }
  return [
    ...staleLinks(input),
    ...staleContainers(input),
    ...unwantedVolumes(input),
    ...staleNetworks(input),
    ...neverDeclared(input),
    ...(input.kept === undefined ? [] : expired(input, input.kept, manifest)),
  ];
}

function staleLinks({ observed, desired }: CleaningInput): readonly Operation[] {
  const wanted = new Set(
    desired.flatMap((instance) => [
      ...unitsOf(instance).all.map((unit) => unitLinks(unit).path),
      ...bootLinkPaths(instance).map((link) => link.path),
    ]),
  );
  return [...observed.links]
    .filter(
      ([path, target]) => !wanted.has(path) && isOwnLink(path, target) && !leadsToStranger(observed, path),
    )
    .map(([path]) => operation('link.remove', 'clean', path, 'nothing declared needs it', { path }));
}

function staleContainers(input: CleaningInput): readonly Operation[] {
  const { observed, desired } = input;
  const wanted = new Map(desired.map((instance) => [instance.name, instance]));
  return observed.containers
    .filter((container) => {
      const instance = wanted.get(container.instance);
      if (instance === undefined) return !wasEjected(observed, container.instance);
      if (isOfForm(instance, container)) return false;
      if (container.running && goesAsItStops(observed, container, instance)) return false;
      // A scheduled run goes to its end in the form that it began in.
      if (container.running && isOnSchedule(observed, instance)) return false;
      return !isStillNeeded(input, instance);
    })
    .map(removal);
}

/** Podman's container of another name goes with its stop, before this one starts. */
function goesAsItStops(
  observed: Observed,
  container: ObservedContainer,
  { engine, name }: Instance,
): boolean {
  const before = declaredBefore(observed, name);
  return before?.engine === 'podman' && engine === 'podman' && container.name === containerName(before);
}

/** What has a name that was asked for is called after its form by then, and so it is told. */
function removal({ engine, instance, name, hash, id }: ObservedContainer): Operation {
  const container = id === undefined || engine === 'podman' ? name : dockerContainerName(instance, hash);
  const fields = { engine, instance, container, ...(id === undefined ? {} : { id }) };
  return operation('container.remove', 'clean', container, 'nothing declared needs it', fields);
}

/** What becomes scheduled only now is stopped before. */
function isOnSchedule(observed: Observed, { name, spec }: Instance): boolean {
  return spec.schedule !== undefined && declaredBefore(observed, name)?.spec.schedule !== undefined;
}

/** A unit file of that name which is not gear's link runs the container now: it was ejected. */
function wasEjected(observed: Observed, instance: string): boolean {
  return leadsToStranger(observed, unitName(instance));
}

/** Whether the unit of that file name, or of a boot link's path, is somebody else's file: its boot link is theirs too. */
function leadsToStranger(observed: Observed, unitOrLink: string): boolean {
  const { path } = unitLinks(unitOrLink.slice(unitOrLink.lastIndexOf('/') + 1));
  const target = observed.links.get(path);
  return target !== undefined && !isOwnLink(path, target);
}

/**
 * A replaced container goes only after its successor is ready: until then going back must be instant. Within one
 * command the walk stops before this stage when the successor fails; otherwise another command may still be waiting.
 */
function isStillNeeded({ observed, wishes }: CleaningInput, instance: Instance): boolean {
  if (instance.hold !== null || startReason(observed, wishes, instance) !== null) return false;
  if (instance.spec.schedule !== undefined) return false;
  if (instance.spec.job === true) return !isUp(observed.units.get(unitName(instance.name))?.active);
  const serving = containersOf(observed, instance.name).some(
    (container) => container.running && container.hash === instance.hash,
  );
  const ready =
    instance.check === null || observed.units.get(readyUnitName(instance.name))?.active === 'active';
  return !serving || !ready;
}

/** An app that has ejected containers keeps its networks: their units still join them. */
function staleNetworks({ observed, networks }: CleaningInput): readonly Operation[] {
  const wanted = new Set(networks.map(({ engine, name }) => `${engine} ${name}`));
  const ejected = new Set(
    observed.containers
      .filter(({ instance }) => wasEjected(observed, instance))
      .map(({ instance }) => instance.split('.')[0]),
  );
  return observed.networks
    .filter(({ engine, name, app }) => !wanted.has(`${engine} ${name}`) && !ejected.has(app))
    .map(({ engine, name, app }) =>
      operation('network.remove', 'erase', name, 'nothing declared needs it', { engine, network: name, app }),
    );
}

function unwantedVolumes({ desired, wishes }: CleaningInput): readonly Operation[] {
  const mounted = new Set(desired.flatMap((instance) => volumesOf(instance)));
  return wishes.eraseVolumes
    .filter(({ volume }) => !mounted.has(volume))
    .map((fields) => operation('volume.remove', 'erase', fields.volume, 'asked to delete it', fields));
}

/**
 * What commands wrote that were cut off before their swap. It goes before the next swap: below a current generation nobody
 * could tell it from one that was declared.
 */
function neverDeclared({ observed }: CleaningInput): readonly Operation[] {
  return observed.generations
    .filter((generation) => !wasDeclared(generation, observed.manifest))
    .map((generation) =>
      operation('generation.erase', 'prepare', generationPath(generation), 'it was never declared', {
        generation,
      }),
    );
}

function expired(
  { observed, desired }: CleaningInput,
  kept: readonly GenerationNeeds[],
  manifest: Manifest | null,
): readonly Operation[] {
  const staying = manifest === null ? kept : kept.slice(-(keptGenerations - 1));
  const numbers = new Set(
    [...staying, ...(manifest === null ? [] : [manifest])].map((each) => each.generation),
  );
  const all = [...staying, needsOf(desired)];
  const isNeeded = (what: keyof Needs, one: string): boolean => all.some((needs) => needs[what].has(one));
  return [
    ...[...observed.tags].flatMap(([engine, present]) =>
      present
        .filter((tag) => !isNeeded('images', `${engine} ${keptBy(tag)}`))
        .map((tag) => operation('image.untag', 'erase', tag, 'no kept generation needs it', { engine, tag })),
    ),
    ...observed.generations
      .filter((generation) => !numbers.has(generation) && wasDeclared(generation, observed.manifest))
      .map((generation) =>
        operation('generation.erase', 'erase', generationPath(generation), 'older than the kept ones', {
          generation,
        }),
      ),
    ...[...observed.files]
      .filter((hash) => !isNeeded('environments', hash))
      .map((hash) => operation('file.erase', 'erase', hash, 'no kept generation needs it', { hash })),
    ...eraseData('data', observed.data, (hash) => isNeeded('data', hash)),
    ...eraseData(
      'secret',
      observed.secrets,
      (hash) => observed.storedSecrets.has(hash) || isNeeded('secrets', hash),
    ),
  ];
}

function eraseData(
  holds: 'data' | 'secret',
  present: ReadonlySet<string>,
  isNeeded: (hash: string) => boolean,
): readonly Operation[] {
  return [...present]
    .filter((hash) => !isNeeded(hash))
    .map((hash) =>
      operation('data.erase', 'erase', `${hash}.${holds}`, 'no kept generation needs it', { hash, holds }),
    );
}
