import type { Instance } from '../model/instance.ts';
import { type AppSource, type Manifest, manifestSchema } from '../model/manifest.ts';
import { isSame } from '../model/same.ts';
import type { AppNetwork } from '../model/network.ts';
import { generationPath } from '../model/paths.ts';
import type { DeclaredUnit } from '../render/unit.ts';
import { hasSameFiles } from './form.ts';
import { unitsOf } from '../render/units-of.ts';
import { bootLinkPaths, unitLinks } from './links.ts';
import type { Observed } from './observed.ts';
import { type Operation, operation } from './operation.ts';
import type { Wishes } from './wishes.ts';

/** Who declares, when and by which version: recorded in the manifest. */
export interface DeclareInput {
  readonly command: string;
  readonly by: string;
  readonly nowMs: number;
  readonly version: string;
  /** What the units were rendered from beside the instances. */
  readonly rendering: string;
  /** The host's own templates, name → hash, and which of them this change puts there; absent: none. */
  readonly templates?: {
    readonly used: Readonly<Record<string, string>>;
    readonly given: readonly string[];
  };
}

interface Input extends DeclareInput {
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly networks: readonly AppNetwork[];
  /** Descriptors of apps, where they are not as before. */
  readonly sources?: ReadonlyMap<string, AppSource> | undefined;
  readonly rendered: ReadonlyMap<string, readonly DeclaredUnit[]>;
  readonly wishes: Wishes;
}

interface Declaration {
  readonly manifest: Manifest | null;
  readonly operations: readonly Operation[];
}

/**
 * The new generation, if the declared set or any unit's text differs, and the links that lead to it. Links of new
 * units dangle until the swap; a boot link of what is to stay stopped goes right after it: a crash before that boots
 * the old set, and any later command sees by the new one what is left to do.
 */
export function planDeclaration(input: Input): Declaration {
  const { observed, desired, rendered } = input;
  const texts = Object.fromEntries(
    [...rendered.values()]
      .flat()
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((unit) => [unit.name, unit.hash]),
  );
  const sorted = desired.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const current = observed.manifest;
  const links = planLinks(input);
  const networks = input.networks.toSorted((a, b) =>
    `${a.engine} ${a.name}` < `${b.engine} ${b.name}` ? -1 : 1,
  );
  const used = input.templates?.used ?? {};
  const why = difference(current, sorted, networks, texts, templatesReason(current, used));
  const reloadReason =
    why ??
    (links.length > 0 ? 'links were mended' : observed.loaded ? null : 'an earlier command was interrupted');
  const reload = (generation: number): readonly Operation[] =>
    reloadReason === null
      ? []
      : [operation('systemd.reload', 'reload', 'systemd', reloadReason, { generation })];
  if (why === null) return { manifest: null, operations: [...links, ...reload(current?.generation ?? 0)] };

  const generation = Math.max(0, ...observed.generations, current?.generation ?? 0) + 1;
  const manifest: Manifest = {
    schema: manifestSchema,
    generation,
    gear: input.version,
    createdMs: input.nowMs,
    command: input.command,
    by: input.by,
    instances: sorted,
    ...(networks.length === 0 ? {} : { networks }),
    ...sourcesOf(input),
    rendering: input.rendering,
    ...(Object.keys(used).length === 0 ? {} : { templates: used }),
    units: texts,
  };
  const from = current?.generation ?? null;
  return {
    manifest,
    operations: [
      ...(input.templates?.given ?? []).map((template) =>
        operation('template.write', 'prepare', template, 'given with the command', {
          template,
          hash: used[template] ?? '',
        }),
      ),
      operation('generation.write', 'write', generationPath(generation), why, { generation }),
      ...links,
      ...[...input.wishes.eject].map((instance) =>
        operation('unit.eject', 'link', instance, 'leaves the hands of gear', { instance }),
      ),
      operation('generation.swap', 'swap', `generation ${String(generation)}`, why, { from, to: generation }),
      ...reload(generation),
    ],
  };
}

/** Why units may read otherwise though no container changed; null where the templates are those of before. */
export function templatesReason(
  current: Manifest | null,
  used: Readonly<Record<string, string>>,
): string | null {
  const before = current?.templates ?? {};
  const [changed] = Object.keys(used).filter((name) => used[name] !== before[name]);
  if (changed !== undefined) return `the template ${changed} changed`;
  const [gone] = Object.keys(before).filter((name) => used[name] === undefined);
  return gone === undefined ? null : `the template ${gone} is the shipped one again`;
}

/** Alone they make no new generation: where a file lies changes nothing on the host. */
function sourcesOf({ observed, desired, sources }: Input): Pick<Manifest, 'sources' | 'overlays'> {
  const before = observed.manifest;
  const apps = [...new Set(desired.map(({ app }) => app))].toSorted();
  const found = apps.flatMap((app): readonly [string, AppSource][] => {
    const path = before?.sources?.[app];
    const source = sources?.get(app) ?? (path === undefined ? undefined : { path, ...laidOver(before, app) });
    return source === undefined ? [] : [[app, source]];
  });
  const overlays = found.flatMap(([app, source]) =>
    source.overlays === undefined ? [] : [[app, source.overlays] as const],
  );
  return {
    ...(found.length === 0
      ? {}
      : { sources: Object.fromEntries(found.map(([app, { path }]) => [app, path])) }),
    ...(overlays.length === 0 ? {} : { overlays: Object.fromEntries(overlays) }),
  };
}

function laidOver(manifest: Manifest | null, app: string): Pick<AppSource, 'overlays'> {
  const overlays = manifest?.overlays?.[app];
  return overlays === undefined ? {} : { overlays };
}

function difference(
  current: Manifest | null,
  desired: readonly Instance[],
  networks: readonly AppNetwork[],
  texts: Readonly<Record<string, string>>,
  templates: string | null,
): string | null {
  const before = new Map(current?.instances.map((instance) => [instance.name, instance]));
  const reasons = desired.flatMap((instance) => {
    const old = before.get(instance.name);
    if (old === undefined) return [`${instance.name} is new`];
    if (old.hash !== instance.hash) return [`${instance.name} changed`];
    if (!isSame(old.secretEnvironment ?? {}, instance.secretEnvironment ?? {})) {
      return [`other variables of ${instance.name} are secret`];
    }
    if (!hasSameFiles(old, instance)) return [`the files of ${instance.name} changed`];
    if (!isSame(old.hold, instance.hold)) {
      return [`${instance.name} is ${instance.hold === null ? 'no longer held' : 'held'}`];
    }
    return [];
  });
  const names = new Set(desired.map((instance) => instance.name));
  for (const name of before.keys()) if (!names.has(name)) reasons.push(`${name} goes`);
  if (!isSame(current?.networks ?? [], networks)) reasons.push('networks changed');
  if (reasons.length > 0) return someOf(reasons);
  if (current !== null && templates !== null) return templates;
  const changed = new Set([...Object.keys(texts), ...Object.keys(current?.units ?? {})]);
  const differing = [...changed].filter((unit) => texts[unit] !== current?.units[unit]);
  return differing.length === 0
    ? null
    : `the text of ${differing.length === 1 ? String(differing[0]) : `${String(differing.length)} units`} changed`;
}

/** A reason is read by people: of a hundred changes the first few and how many there are beside. */
function someOf(reasons: readonly string[]): string {
  const shown = reasons.slice(0, 5);
  const more = reasons.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [`${String(more)} more`])].join(', ');
}

/**
 * Links are made for what the command names or changes. One that is missing elsewhere was removed by a person
 * (`systemctl disable`): status says so, and a command that names the container mends it.
 */
function planLinks({ observed, desired, rendered, wishes }: Input): readonly Operation[] {
  const before = new Map(observed.manifest?.instances.map((instance) => [instance.name, instance]));
  return desired.flatMap((instance) => {
    const old = before.get(instance.name);
    const units = rendered.get(instance.name) ?? [];
    const isNew = (unit: DeclaredUnit): boolean => observed.manifest?.units[unit.name] === undefined;
    const concerned = wishes.touched.has(instance.name) || old?.hold !== instance.hold;
    return [
      ...units
        .filter((unit) => concerned || isNew(unit))
        .map((unit) => unitLinks(unit.name))
        .filter(({ path, target }) => observed.links.get(path) !== target)
        .map((link) =>
          operation('link.make', 'link', link.path, 'systemd finds the unit by it', { ...link }),
        ),
      ...(concerned || instance.hold !== null ? planBootLinks(observed, instance) : []),
    ];
  });
}

function planBootLinks(observed: Observed, instance: Instance): readonly Operation[] {
  return bootLinkPaths(instance).flatMap(({ path, target }): readonly Operation[] => {
    if (instance.hold === null) {
      return observed.links.get(path) === target
        ? []
        : [operation('link.make', 'link', path, 'starts on boot', { path, target })];
    }
    const reason = `${unitsOf(instance).start} stays stopped`;
    return observed.links.has(path) ? [operation('link.remove', 'retire', path, reason, { path })] : [];
  });
}
