import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { type Named, resolveNames } from '../core/model/resolve-name.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { noWishes } from '../core/plan/wishes.ts';
import { leftInstances } from '../observe/left.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import type { RemoveInput } from './inputs.ts';
import { tellKeptVolumes } from './kept-volumes.ts';
import { holderOf, ownedVolumes } from './owned-volumes.ts';
import { expandApp } from './names.ts';
import { preflight } from './preflight.ts';

/** How long a removal waits for the containers to stop; their own stop timeouts bound it before. */
const timeoutMs = 10 * 60_000;

/**
 * Removes the named containers, or all of a named app: units, links, containers, and with an app's last container its
 * networks. Their volumes stay unless asked for, are told with the command that deletes them, which works later too; nothing of a volume that another container mounts, or that gear did not make, is touched.
 */
export async function removeContainers(
  context: FlowContext,
  input: RemoveInput,
): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const manifest = await readCurrentManifest(context.host.files);
    const known = manifest?.instances ?? [];
    const found = input.volumes ? await ownedVolumes(context, enginesOf(input.names, known)) : [];
    const volumes = found.map((each) => ({ ...each, holder: holderOf(each, known) }));
    const left = new Map(volumes.map(({ holder, app }) => [holder, app]));
    const formerly = [...left]
      .filter(([name]) => !known.some((each) => each.name === name))
      .map(([name, app]) => ({ name, app, container: name }));
    const everyone = [...known, ...formerly];
    const words = input.names.flatMap((word) => expandApp(word, everyone));
    const chosen = await choose(context, words, everyone);
    const declared = known.filter((each) => chosen.has(each.name));
    // The declared set does not tell in which engine an interrupted removal left a container.
    const interrupted = declared.length !== chosen.size;
    const engines = !interrupted ? volumes.map((each) => each.engine) : (await context.host.facts()).engines;
    return {
      ...{ chosen, engines, interrupted, declared },
      others: known.filter((each) => !chosen.has(each.name)),
      volumes: volumes.filter(({ holder }) => chosen.has(holder)),
    };
  });
  if (!prepared.ok) return prepared;
  const { chosen, engines, interrupted, declared, others, volumes } = prepared.value;
  const removed = await changeHost(context, {
    names: [...chosen],
    engines: [...new Set(engines)],
    // The networks of an app whose last container an interrupted removal took.
    networks: interrupted,
    leavesForms: true,
    wait: true,
    timeoutMs,
    desire: (observed) =>
      Promise.resolve({
        desired: (observed.manifest?.instances ?? []).filter((each) => !chosen.has(each.name)),
        environments: new Map(),
        wishes: { ...noWishes, touched: chosen, eraseVolumes: volumes },
      }),
  });
  if (!removed.ok || input.volumes) return removed;
  const kept = await tellKeptVolumes(context, declared, others);
  const instances = removed.value.instances.map((each) => ({
    ...each,
    warnings: [...each.warnings, ...(kept.get(each.name) ?? [])],
  }));
  return { ok: true, value: { ...removed.value, instances } };
}

/** The engines of what is named; undefined, for all, where a name is none of a declared container or app. */
function enginesOf(
  names: readonly string[],
  known: readonly Instance[],
): ReadonlySet<EngineKind> | undefined {
  const resolved = resolveNames(
    names.flatMap((word) => expandApp(word, known)),
    known,
  );
  if (!resolved.ok) return undefined;
  return new Set(known.filter(({ name }) => resolved.value.includes(name)).map(({ engine }) => engine));
}

/** The instances meant. A name that is not declared may be of one whose removal was interrupted. */
async function choose(
  context: FlowContext,
  given: readonly string[],
  known: readonly Named[],
): Promise<ReadonlySet<string>> {
  const names = resolveNames(given, known);
  if (names.ok) return new Set(names.value);
  const left = (await leftInstances(context.host)).map((name) => ({
    name,
    container: name,
    app: name.replace(/\..*$/, ''),
  }));
  const words = given.flatMap((word) => expandApp(word, left));
  const again = resolveNames(words, [...known, ...left]);
  if (!again.ok) throw new FailureError(...names.failures);
  return new Set(again.value);
}
