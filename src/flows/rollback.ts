import { attempt, FailureError, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { AppNetwork } from '../core/model/network.ts';
import { paths } from '../core/model/paths.ts';
import { imagesOf } from '../core/plan/form.ts';
import { resolveName } from '../core/model/resolve-name.ts';
import { readyUnitName } from '../core/model/unit-names.ts';
import { startReason } from '../core/plan/actions.ts';
import { noWishes } from '../core/plan/wishes.ts';
import { observeHost } from '../observe/host.ts';
import type { Files } from '../ports/files.ts';
import { readCurrentManifest, readDeclared } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import { changeHost } from './change.ts';
import { chooseGeneration } from './choose-generation.ts';
import type { FlowContext } from './context.ts';
import { restoreImage } from './images.ts';
import type { RollbackInput } from './inputs.ts';
import { preflight } from './preflight.ts';

/**
 * Makes one app, or one container of it, what it was in an earlier generation: as an ordinary change with a generation
 * of its own, which never takes back what another app changed meanwhile. Whether it is held stays as it is now. The same
 * command once more goes one further back; after an interruption it goes on where it was.
 */
export async function rollback(context: FlowContext, input: RollbackInput): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const { files } = context.host;
    const current = await readCurrentManifest(files);
    const manifests = await readDeclared(files, current);
    const isMeant = selector(input.name, current, manifests);
    const goesOn =
      input.to === undefined && current !== null && (await isUnfinished(context, current, isMeant));
    const target = goesOn ? current : chooseGeneration(input, manifests, isMeant);
    const wanted = target.instances.filter(isMeant);
    await Promise.all(
      wanted.flatMap((each) => imagesOf(each).map((image) => restoreImage(context, each.engine, image))),
    );
    const now = (current?.instances ?? []).filter(isMeant);
    const networks = target.networks ?? [];
    const wholeApp = now.every(({ app }) => app === input.name);
    return {
      isMeant,
      wanted,
      networks,
      wholeApp,
      back:
        goesOn || current === null
          ? {}
          : { back: { to: target.generation, from: current.generation, name: input.typed ?? input.name } },
      names: new Set([...wanted, ...now].map((each) => each.name)),
    };
  });
  if (!prepared.ok) return prepared;
  const { isMeant, wanted, networks, wholeApp, back, names } = prepared.value;
  const changed = await changeHost(context, {
    names: [...names],
    engines: [...new Set(wanted.map((each) => each.engine))],
    networks: networks.length > 0,
    wait: input.wait,
    timeoutMs: input.timeoutMs,
    desire: ({ manifest }) => {
      const present = manifest?.instances ?? [];
      const holds = new Map(present.map((each) => [each.name, each.hold]));
      const earlier = wanted.map((each) => ({ ...each, hold: holds.get(each.name) ?? null }));
      const desired = [...present.filter((each) => !isMeant(each)), ...earlier];
      return Promise.resolve({
        desired,
        networks: networksFor(desired, [
          ...(wholeApp ? networks.filter(({ app }) => app === input.name) : []),
          ...(manifest?.networks ?? []),
          ...networks,
        ]),
        environments: new Map(),
        wishes: { ...noWishes, touched: names },
      });
    },
  });
  if (!changed.ok) return changed;
  if (input.wait) await noteWhole(context.host.files, changed.value.generation);
  return { ok: true, value: { ...changed.value, ...back } };
}

/**
 * What stops or turns unhealthy from now on is no sign of an interruption. By the generation that was made: the current one
 * may be another command's by now.
 */
async function noteWhole(files: Files, made: number | null): Promise<void> {
  const whole = made ?? (await readCurrentManifest(files))?.generation;
  if (whole !== undefined) await files.write(paths.rolledBack, `${String(whole)}\n`, 0o644);
}

/** Of the networks those that instances join, each once, as the first of that name is. */
function networksFor(desired: readonly Instance[], networks: readonly AppNetwork[]): readonly AppNetwork[] {
  const joined = new Set(
    desired.flatMap(({ engine, spec }) => (spec.networks ?? []).map(({ name }) => `${engine} ${name}`)),
  );
  const byName = new Map(networks.toReversed().map((each) => [`${each.engine} ${each.name}`, each]));
  return [...byName].filter(([name]) => joined.has(name)).map(([, network]) => network);
}

/** Which instances a name means: an app's all, else the one container. Also what was removed since. */
function selector(
  name: string,
  current: Manifest | null,
  manifests: readonly Manifest[],
): (instance: Instance) => boolean {
  const everyone = [...(current?.instances ?? []), ...manifests.flatMap((each) => each.instances)];
  if (everyone.some((each) => each.app === name)) return (instance) => instance.app === name;
  const known = [...new Map(everyone.map((each) => [each.name, each])).values()];
  const resolved = resolveName(name, known);
  if (!resolved.ok) throw new FailureError(...resolved.failures);
  return (instance) => instance.name === resolved.value;
}

/**
 * Whether the current generation is this very command's, interrupted before all was as it says: then the same command
 * finishes that, instead of going back once more.
 */
async function isUnfinished(
  context: FlowContext,
  current: Manifest,
  isMeant: (instance: Instance) => boolean,
): Promise<boolean> {
  if (current.command !== context.command) return false;
  const whole = await context.host.files.read(paths.rolledBack);
  if (whole !== null && new TextDecoder().decode(whole).trim() === String(current.generation)) return false;
  const meant = current.instances.filter((each) => isMeant(each) && each.hold === null);
  const observed = await observeHost(context.host, { engines: [], instances: meant.map(({ name }) => name) });
  return (
    !observed.loaded ||
    meant.some(
      (each) =>
        startReason(observed, noWishes, each) !== null ||
        (each.check !== null && observed.units.get(readyUnitName(each.name))?.active !== 'active'),
    )
  );
}
