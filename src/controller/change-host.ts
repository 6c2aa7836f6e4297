import type { AppRequest } from '../core/model/app.ts';
import { attempt, type Failure, type Result } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import { applyApps } from '../flows/apply.ts';
import { fetchAppImages } from '../flows/fetch-app-images.ts';
import type { WaitOptions } from '../flows/inputs.ts';
import { removeContainers } from '../flows/remove.ts';
import { restartUnhealthy } from '../flows/restart-unhealthy.ts';
import { holdDisabled, inspectApps, type Inspection, mendApps } from '../flows/watch-drift.ts';
import { heldByHand } from '../flows/watch-purpose.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import type { AppOutcome, Outcomes } from './machine/events.ts';
import { allFailed, outcomesOf, unownedOf } from './outcomes.ts';

/** How `gear watch` applies. */
export interface ApplyOptions extends WaitOptions {
  readonly start: boolean;
}

/** Makes a context whose host is closed after the work: what was lost with one change is found anew by the next. */
export type WithContext = <T>(work: (context: FlowContext) => Promise<T>) => Promise<T>;

/** Applies the apps in one change of the host, each for itself; nobody waits for the images of another. */
export async function applyTogether(
  withContext: WithContext,
  apps: readonly AppRequest[],
  options: ApplyOptions,
): Promise<Outcomes> {
  const input = { apps, failures: [], pull: 'never', pruneVolumes: false, ...options } as const;
  const applied = await withContext(async (context) => {
    const result = await applyApps(context, { ...input, holdsDisabled: heldByHand(context) });
    if (result.ok) await tellOf(unownedOf(apps, result.value.failures ?? []))(context);
    return result;
  });
  return outcomesOf(apps, applied);
}

/** Fetches what images the apps lack, and tells of each app when its own are there, or cannot be fetched. */
export async function fetchTogether(
  withContext: WithContext,
  apps: readonly AppRequest[],
  onEnd: (app: string, outcome: AppOutcome) => void,
): Promise<void> {
  await withContext((context) =>
    fetchAppImages(context, apps, (app, result) => {
      onEnd(app, result.ok ? { ok: true } : { ok: false, failures: result.failures, disturbing: false });
    }),
  );
}

/** Removes the apps, together where that is possible; their volumes stay. One that is not there is removed already. */
export async function removeTogether(withContext: WithContext, apps: readonly string[]): Promise<Outcomes> {
  const present = await declaredApps(withContext);
  if (!present.ok) return allFailed(apps, present.failures);
  const known = present.value;
  const outcomes = new Map<string, AppOutcome>(
    apps.filter((app) => !known.has(app)).map((app) => [app, { ok: true }]),
  );
  const there = apps.filter((app) => known.has(app));
  if (there.length === 0) return outcomes;
  const together = await remove(withContext, there);
  const after = together.ok ? null : await declaredApps(withContext);
  const isGone = (app: string): boolean => together.ok || (after?.ok === true && !after.value.has(app));
  // What could not be removed of those is told, and goes with the next change.
  if (!together.ok && there.some(isGone)) await withContext(tellOf(together.failures));
  for (const app of there) {
    // One that cannot go holds back no other.
    const alone = isGone(app) || there.length === 1 ? together : await remove(withContext, [app]);
    const failures = isGone(app) || alone.ok ? [] : alone.failures;
    outcomes.set(app, failures.length === 0 ? { ok: true } : { ok: false, failures, disturbing: false });
  }
  return outcomes;
}

/** Makes the apps as they were applied last, together where that is possible. */
export async function mendTogether(
  withContext: WithContext,
  apps: readonly string[],
  options: WaitOptions,
): Promise<Outcomes> {
  const mend = (names: readonly string[]): Promise<Result<ChangeReport>> =>
    withContext((context) => mendApps(context, names, options));
  const together = await mend(apps);
  const outcomes = new Map<string, AppOutcome>();
  for (const app of apps) {
    // One that cannot be mended holds back no other.
    const alone = together.ok || apps.length === 1 ? together : await mend([app]);
    outcomes.set(app, alone.ok ? { ok: true } : { ok: false, failures: alone.failures, disturbing: false });
  }
  return outcomes;
}

/** Whether a unit file may be another one than gear wrote. Every one of them is read then. */
export interface Suspicion {
  edited: boolean;
}

/** What of the apps is not as declared; no drifts but null where the host cannot be looked at now. */
export async function inspectHost(
  withContext: WithContext,
  apps: readonly string[],
  suspicion: Suspicion,
): Promise<Inspection | { readonly drifts: null }> {
  const closely = suspicion.edited;
  // What is edited while this looks is looked for again.
  suspicion.edited = false;
  const found = await withContext((context) => inspectApps(context, apps, closely));
  // A mending may yet fail, or be put off.
  if (closely && (!found.ok || found.value.edited === true)) suspicion.edited = true;
  return found.ok ? found.value : { drifts: null };
}

/** Holds what a person disabled and stopped. What could not be held now is found by the next inspection. */
export async function holdTogether(withContext: WithContext, apps: readonly string[]): Promise<void> {
  await withContext((context) => holdDisabled(context, apps));
}

/** Restarts one container if its check still fails, and says whether it did; whether it is well then, its next check tells. */
export async function restartInstance(
  withContext: WithContext,
  instance: string,
  options: WaitOptions,
): Promise<Result<boolean>> {
  return withContext((context) => restartUnhealthy(context, instance, options));
}

function declaredApps(withContext: WithContext): Promise<Result<ReadonlySet<string>>> {
  return withContext((context) =>
    attempt(async () => {
      const manifest = await readCurrentManifest(context.host.files);
      return new Set(manifest?.instances.map(({ app }) => app));
    }),
  );
}

function tellOf(failures: readonly Failure[]): (context: FlowContext) => Promise<void> {
  return ({ emit }) => {
    for (const { subject = 'gear watch', message, next } of failures)
      emit({ type: 'warning', subject, message: `${message}; ${next}` });
    return Promise.resolve();
  };
}

function remove(withContext: WithContext, names: readonly string[]): Promise<Result<ChangeReport>> {
  return withContext((context) => removeContainers(context, { names, volumes: false }));
}
