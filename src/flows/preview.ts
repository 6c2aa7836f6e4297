import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { inOrder } from '../errors/in-order.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { PlanReport } from '../report/values-of-plans.ts';
import type { AppsInput } from './app-inputs.ts';
import { appsChange } from './apps-change.ts';
import { appsScope } from './apps-scope.ts';
import { observeEarly } from './snapshot.ts';
import { type HeldBack, planApps } from './change-apps.ts';
import type { FlowContext } from './context.ts';
import { imagesToFetch, prepareApps } from './prepare-apps.ts';
import { preflight } from './preflight.ts';
import { reportPlan } from './report-plan.ts';
import { lossesIn, tellLossesOf } from './tell-losses.ts';

/** `gear plan`: `diff` asks for the changed texts of units. */
export interface PreviewInput extends AppsInput {
  readonly diff: boolean;
}

/** What `gear apply` would do, and why. Reads only: takes no lock, fetches no image, writes nothing. */
export async function previewApps(context: FlowContext, input: PreviewInput): Promise<Result<PlanReport>> {
  return attempt(async () => {
    tellLossesOf(context, input.losses);
    const [, manifest] = await inOrder(preflight(context), readCurrentManifest(context.host.files));
    const asked = { ...input, wait: true, timeoutMs: 0, mayWrite: false };
    // Each takes round trips where the host is far away. What is wrong with what is asked is told first.
    const [{ prepared, change }, snapshot] = await inOrder(
      prepareApps(context, input, manifest, 'plan').then(async (prepared) => ({
        prepared,
        change: await appsChange(context, asked, prepared, manifest),
      })),
      observeEarly(context, () => appsScope(context, asked, manifest)),
    );
    const before = withUnread(prepared.heldBack, input);
    refuseWhenNothingIsLeft(input, before);
    const { planned, heldBack } = await planApps(context, change, before, context.clock.passedMs(), snapshot);
    refuseWhenNothingIsLeft(input, heldBack);
    const apps = prepared.apps.filter(({ request }) => !heldBack.has(request.app));
    const pulls = apps.flatMap(imagesToFetch);
    const report = await reportPlan(context, { planned, heldBack, apps, pulls, diff: input.diff });
    return { ...report, ...lossesIn(input) };
  });
}

/** Descriptors that could not be read are left like apps that cannot be changed, under the name of their file. */
export function withUnread(
  heldBack: HeldBack,
  { failures, left = [] }: Pick<AppsInput, 'failures' | 'left'>,
): HeldBack {
  const all = new Map([...heldBack, ...left.map((source): [string, readonly Failure[]] => [source, []])]);
  for (const failure of failures) {
    const name = failure.place?.source ?? failure.subject ?? 'a descriptor';
    all.set(name, [...(all.get(name) ?? []), failure]);
  }
  return all;
}

/** Where no app is left to change, the failures are the whole answer. */
export function refuseWhenNothingIsLeft({ apps }: AppsInput, heldBack: HeldBack): void {
  const failures = [...heldBack.values()].flat();
  if (failures.length > 0 && apps.every(({ app }) => heldBack.has(app))) throw new FailureError(...failures);
}
