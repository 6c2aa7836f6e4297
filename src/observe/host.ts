import { attempt, FailureError } from '../errors/failure.ts';
import { inOrder } from '../errors/in-order.ts';
import type { EngineKind } from '../core/model/container.ts';
import { keepTagPrefix } from '../core/model/keep-tag.ts';
import { projectOf } from '../core/descriptor/adopt/project-containers.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { paths } from '../core/model/paths.ts';
import { readyUnitName, timerUnitName, unitName } from '../core/model/unit-names.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type { Observed, ObservedContainer } from '../core/plan/observed.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { DirectoryEntry } from '../ports/files.ts';
import type { Host } from '../ports/host.ts';
import { readKept } from './kept.ts';
import { observeLinks } from './links.ts';
import { listGenerations, readCurrentManifest } from './manifest.ts';
import { observeNetworks } from './networks.ts';
import { observeStoredSecrets } from './secrets.ts';
import { observeStops } from './stops.ts';
import { listUnits, observeUnits } from './units.ts';

interface ObserveOptions {
  /** Engines that the command uses, beside those of what is declared. */
  readonly engines: readonly EngineKind[];
  /** Names of instances that the command is about: their units are looked at closely. */
  readonly instances: readonly string[];
  /** Whether the command makes networks: they are looked at then, and where there are any already. */
  readonly networks?: boolean;
  /** Whether it is asked what the generations need that are kept, and how many those are. */
  readonly kept?: { readonly keep?: number };
}

/**
 * One snapshot of the host. FailureError when systemd, an engine that the command or one of its instances uses, or gear's
 * own state cannot be read; of other engines it is noted that they are silent.
 */
export async function observeHost(host: Host, options: ObserveOptions): Promise<Observed> {
  // Side by side, because a host may be far away. What is wrong with the manifest is told first.
  const reading = readCurrentManifest(host.files);
  const early = begin(host, options, reading);
  const [manifest, [systemd, stops]] = await inOrder(
    reading,
    Promise.all([host.systemd(), observeStops(host.files)]),
  );
  const declared = manifest?.instances ?? [];
  const kinds = [...new Set([...options.engines, ...declared.map((instance) => instance.engine)])];
  const known = new Set(declared.map(({ name }) => name));
  const unitsOfNames = (isMeant: (name: string) => boolean): readonly string[] =>
    options.instances
      .filter(isMeant)
      .flatMap((name) => [unitName(name), readyUnitName(name), timerUnitName(name)]);
  const withNetworks = options.networks === true || hasNetworks(manifest);
  const named = new Set(options.instances);
  const needed = new Set([
    ...options.engines,
    ...declared.filter(({ name }) => named.has(name)).map(({ engine }) => engine),
  ]);
  const [generations, kept, links, files, storedSecrets, reloads, loaded, units, engines] = await Promise.all(
    [
      early.generations,
      early.generations.then((all) => options.kept && readKept(host.files, all, manifest, options.kept.keep)),
      early.links,
      early.files,
      early.storedSecrets,
      early.reloads,
      isLoaded(early.mark, manifest),
      observeUnits(
        systemd,
        early.units,
        {
          toRun: declared.filter(({ hold }) => hold === null).map((each) => unitsOf(each).start),
          named: unitsOfNames((name) => known.has(name)),
          unknown: unitsOfNames((name) => !known.has(name)),
        },
        stops,
      ),
      Promise.all(
        kinds.map(
          (kind) =>
            early.engines.get(kind) ?? observeEngine(host, kind, { withNetworks, needed: needed.has(kind) }),
        ),
      ),
    ],
  );
  const heard = engines.flatMap(({ kind, answer }) => (answer === null ? [] : [{ kind, answer }]));
  const silent = engines.flatMap(({ kind, answer }) => (answer === null ? [kind] : []));
  return {
    manifest,
    generations,
    ...(kept === undefined ? {} : { kept }),
    units,
    links,
    containers: heard.flatMap(({ kind, answer }) =>
      answer.containers.flatMap((one) => ownContainer(kind, one)),
    ),
    strangers: new Map(heard.flatMap(({ kind, answer }) => strangersAmong(kind, answer.containers))),
    networks: heard.flatMap(({ answer }) => answer.networks),
    files: namesWith(files, '.json'),
    data: namesWith(files, '.data'),
    secrets: namesWith(files, '.secret'),
    storedSecrets,
    reloads: new Set(reloads.map(({ name }) => name)),
    tags: new Map(heard.map(({ kind, answer }) => [kind, answer.tags])),
    ...(silent.length === 0 ? {} : { silent: new Set(silent) }),
    loaded,
  };
}

/** Asks for what the manifest has no say in, or little. */
function begin(host: Host, { engines, networks = false }: ObserveOptions, reading: Promise<Manifest | null>) {
  const withNetworks = networks || reading.then(hasNetworks, () => false);
  const early = {
    generations: listGenerations(host.files),
    links: observeLinks(host.files),
    files: host.files.list(paths.files),
    storedSecrets: observeStoredSecrets(host.files),
    reloads: host.files.list(paths.reloads),
    mark: host.files.read(paths.loaded),
    units: host.systemd().then(listUnits),
    engines: new Map(
      engines.map((kind) => [kind, observeEngine(host, kind, { withNetworks, needed: true })]),
    ),
  };
  const { engines: asked, ...others } = early;
  // Whoever awaits them hears of it; nobody does where the manifest is wrong.
  for (const each of [...Object.values(others), ...asked.values()]) each.catch(() => undefined);
  return early;
}

function hasNetworks(manifest: Manifest | null): boolean {
  return (manifest?.networks ?? []).length > 0;
}

/** What an engine has; null when it does not answer and need not. */
async function observeEngine(
  host: Host,
  kind: EngineKind,
  { withNetworks, needed }: { readonly withNetworks: boolean | Promise<boolean>; readonly needed: boolean },
) {
  const asked = await attempt(async () => {
    const engine = await host.engine(kind);
    const [containers, networks, tags] = await Promise.all([
      engine.everyContainer(),
      Promise.resolve(withNetworks).then((wanted) => (wanted ? observeNetworks(engine) : [])),
      engine.tags(keepTagPrefix),
    ]);
    return { containers, networks, tags };
  });
  if (!asked.ok && needed) throw new FailureError(...asked.failures);
  return { kind, answer: asked.ok ? asked.value : null };
}

function namesWith(entries: readonly DirectoryEntry[], ending: string): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ name }) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])),
  );
}

function ownContainer(
  engine: EngineKind,
  { name, id, running, unhealthy, labels }: EngineContainer,
): readonly ObservedContainer[] {
  const { 'gear.name': instance, 'gear.hash': hash = '' } = labels;
  if (instance === undefined) return [];
  const sick = running && unhealthy ? { unhealthy: true as const } : {};
  return [{ engine, name, running, instance, hash, ...sick, ...(name.startsWith('ctr-') ? {} : { id }) }];
}

function strangersAmong(
  engine: EngineKind,
  containers: readonly EngineContainer[],
): readonly (readonly [`${EngineKind} ${string}`, string])[] {
  return containers.flatMap(({ name, labels }) =>
    labels['gear.name'] === undefined ? [[`${engine} ${name}`, projectOf(labels) ?? ''] as const] : [],
  );
}

/**
 * Whether systemd has read the current generation. The mark lies in /run, where a reboot removes it: then systemd has
 * read what is on disk. The swap writes the mark of the generation before, the reload that of the new one.
 */
async function isLoaded(reading: Promise<Uint8Array | null>, manifest: Manifest | null): Promise<boolean> {
  const mark = await reading;
  if (manifest === null) return true;
  return mark === null || new TextDecoder().decode(mark).trim() === String(manifest.generation);
}
