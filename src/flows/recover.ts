import { runningApp } from '../core/descriptor/export/running-app.ts';
import { recoverValues, type ValueSources } from '../core/descriptor/export/recovered-values.ts';
import { isSame } from '../core/model/same.ts';
import type { Hold, Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { meaningOf } from '../core/model/resolve.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { RecoverReport } from '../report/values.ts';
import type { ApplyInput } from './app-inputs.ts';
import { applyApps, type Confirm, confirmAndApply } from './apply.ts';
import type { FlowContext } from './context.ts';
import type { WaitOptions } from './inputs.ts';
import { imagesByName } from './pinned-image.ts';
import { preflight } from './preflight.ts';
import { askedNetworks } from './running-app.ts';

/** `gear recover DEAD --to HOST`. */
export interface RecoverInput extends WaitOptions {
  readonly dead: string;
  /** What the operator kept of the dead host. */
  readonly manifest: Manifest;
  /** The apps to recover, each one of the manifest. */
  readonly apps: readonly string[];
  readonly sources: ReadonlyMap<string, ValueSources>;
}

/**
 * Applies on this host what another one had, by an ordinary plan: the same images and ports, with what was held still
 * held. Values come from where they can still be had; an app that lacks some is left out, with everything that it lacks.
 * `confirm` is asked with the plan; null: nobody is. Repeated, it finishes.
 */
export async function recoverApps(
  context: FlowContext,
  input: RecoverInput,
  confirm: Confirm | null,
): Promise<Result<RecoverReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const instances = input.manifest.instances.filter(({ app }) => input.apps.includes(app));
    const present = await readCurrentManifest(context.host.files);
    const foreign = findForeign(instances, present?.instances ?? [], input.dead);
    if (foreign.length > 0) throw new FailureError(...foreign);
    const newHere = instances.filter(({ name }) => !present?.instances.some((each) => each.name === name));
    const emptyVolumes = await findEmptyVolumes(context, newHere);
    for (const { instance, volume } of emptyVolumes)
      context.emit({
        type: 'warning',
        subject: instance,
        message: `its volume ${volume} is not on this host and starts empty: what it held is on the disk of ${input.dead}, or lost`,
      });
    return { asked: applyInput(input, instances), emptyVolumes };
  });
  if (!prepared.ok) return prepared;
  const { asked, emptyVolumes } = prepared.value;
  const result = await (confirm === null
    ? applyApps(context, asked)
    : confirmAndApply(context, asked, confirm));
  return result.ok ? { ok: true, value: { ...result.value, apps: input.apps, emptyVolumes } } : result;
}

function applyInput(input: RecoverInput, instances: readonly Instance[]): ApplyInput {
  const networks = askedNetworks(input.manifest);
  const failures: Failure[] = [];
  const apps = input.apps.flatMap((app) => {
    const sources = input.sources.get(app) ?? { given: {} };
    const own = instances.filter((each) => each.app === app);
    const { contents, missing } = recoverValues(own, sources);
    failures.push(...missing);
    if (missing.length > 0) return [];
    const request = runningApp(app, own, networks, contents);
    return [{ ...request, source: `${input.dead}/${app}`, volumes: sources.described?.volumes ?? [] }];
  });
  if (apps.length === 0) throw new FailureError(...failures);
  return {
    apps,
    failures,
    holds: new Map(instances.flatMap(({ name, hold }): [string, Hold][] => (hold ? [[name, hold]] : []))),
    images: { byName: imagesByName(instances), orSimilar: true },
    pull: 'missing',
    pruneVolumes: false,
    start: true,
    wait: input.wait,
    timeoutMs: input.timeoutMs,
  };
}

/** Apps of those names that this host has already, unless they are what is to come: then a repeated command finishes. */
function findForeign(
  coming: readonly Instance[],
  present: readonly Instance[],
  dead: string,
): readonly Failure[] {
  const meant = new Map(coming.map((each) => [each.name, each]));
  const apps = new Set(coming.map(({ app }) => app));
  const foreign = present.filter(({ app, name, spec }) => {
    if (!apps.has(app)) return false;
    const same = meant.get(name);
    return same === undefined || !isSame(meaningOf(same.spec), meaningOf(spec));
  });
  return [...new Set(foreign.map(({ app }) => app))].map((app) => ({
    code: 'NOT_OURS',
    message: `this host has an app ${app} of its own, which is not as ${app} of ${dead} was`,
    next: `leave it out: name the apps that are meant; or rename one of both`,
    subject: app,
  }));
}

async function findEmptyVolumes(
  { host }: FlowContext,
  instances: readonly Instance[],
): Promise<RecoverReport['emptyVolumes']> {
  const { engines } = await host.facts();
  const found = await Promise.all(
    instances.flatMap((instance) =>
      volumesOf(instance).map(async (volume) => {
        if (!engines.includes(instance.engine)) return [];
        const engine = await host.engine(instance.engine);
        return (await engine.volume(volume)) === null ? [{ instance: instance.name, volume }] : [];
      }),
    ),
  );
  return found.flat();
}
