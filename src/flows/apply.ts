import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { imagesOf } from '../core/plan/form.ts';
import { planDigest } from '../core/plan/digest.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import type { PlanReport } from '../report/values-of-plans.ts';
import type { ApplyInput, ExpectedPlan } from './app-inputs.ts';
import { appsChange } from './apps-change.ts';
import { appsScope } from './apps-scope.ts';
import { changeApps, changeAppsLooking, type LookedAt } from './change-apps.ts';
import type { FlowContext } from './context.ts';
import { findOtherSources } from './other-source.ts';
import type { Planned } from './planning.ts';
import { inOrder } from '../errors/in-order.ts';
import type { PullPolicy } from './inputs.ts';
import { type PreparedApps, prepareApps } from './prepare-apps.ts';
import { preflight, refuseObstacles } from './preflight.ts';
import { tellLossesOf } from './tell-losses.ts';
import { previewApps, refuseWhenNothingIsLeft, withUnread } from './preview.ts';

/**
 * Makes the apps what their descriptors say: images first, then one change of the host with one generation and one
 * reload. Apps stand apart: what is wrong with one holds back that one alone, and one that fails goes back whole.
 */
export async function applyApps(context: FlowContext, input: ApplyInput): Promise<Result<ChangeReport>> {
  const ready = await attempt(async () => {
    tellLossesOf(context, input.losses);
    const { host } = context;
    // Awaited later: of a host that is far away its answer is the last to come.
    const checked = preflight(context);
    checked.catch(() => undefined);
    const [, manifest] = await inOrder(refuseObstacles(context), readCurrentManifest(host.files));
    if (input.expected !== undefined) refuseOtherGeneration(input.expected, manifest?.generation ?? null);
    return { manifest, checked };
  });
  if (!ready.ok) return ready;
  const { manifest, checked } = ready.value;
  const { expected } = input;
  // What somebody saw the plan of was warned of there.
  const agree = (planned: Planned): void => {
    if (expected === undefined) warnOfOtherSources(context, planned);
    else refuseOtherPlan(expected, planned);
  };
  const lookedAt = async (prepared: PreparedApps): Promise<LookedAt> => {
    const heldBack = withUnread(prepared.heldBack, input);
    refuseWhenNothingIsLeft(input, heldBack);
    const change = await appsChange(context, { ...input, mayWrite: true }, prepared, manifest);
    return { change: { ...change, agree }, heldBack };
  };
  const prepare = (policy: PullPolicy): Promise<PreparedApps> =>
    prepareApps(context, input, manifest, policy);
  const fetch = async (): Promise<LookedAt> => lookedAt(await prepare(input.pull));
  const look = async (): Promise<LookedAt | null> => {
    const prepared = await prepare('never');
    return input.pull === 'missing' && lacksImage(prepared) ? null : lookedAt(prepared);
  };
  const scope = input.pull === 'always' ? null : await attempt(() => appsScope(context, input, manifest));
  if (scope?.ok === true) return changeAppsLooking(context, scope.value, look, fetch);
  // A host that may not be changed is sent no images either.
  const looked = await attempt(() => checked.then(fetch));
  return looked.ok ? changeApps(context, looked.value.change, looked.value.heldBack) : looked;
}

function lacksImage({ heldBack }: PreparedApps): boolean {
  return [...heldBack.values()].flat().some(({ code }) => code === 'IMAGE_UNKNOWN');
}

/** Asks a person who sees the plan; a FailureError of it refuses as a false does, and says why. */
export type Confirm = (plan: PlanReport) => Promise<boolean>;

/** Shows what would be done, and does just that when it is agreed to; else nothing, which its report says. */
export async function confirmAndApply(
  context: FlowContext,
  input: ApplyInput,
  confirm: Confirm,
): Promise<Result<ChangeReport>> {
  const preview = await previewApps(context, { ...input, diff: false });
  if (!preview.ok) return preview;
  const { changes, from, digest, forms, images } = preview.value;
  if (changes) {
    const agreed = await attempt(() => confirm(preview.value));
    if (!agreed.ok) return agreed;
    if (!agreed.value) return { ok: true, value: { generation: null, instances: [], declined: true } };
  }
  // What is only approximated was told with the plan.
  return applyApps(context, {
    ...input,
    losses: [],
    expected: input.expected ?? { from, digest, forms, images },
  });
}

function warnOfOtherSources({ emit }: FlowContext, planned: Planned): void {
  for (const [subject, message] of findOtherSources(planned)) emit({ type: 'warning', subject, message });
}

function refuseOtherGeneration({ from }: ExpectedPlan, present: number | null): void {
  if (from === present) return;
  throw new FailureError(
    movedOn(`the plan is from generation ${String(from ?? 0)}, and the host is at ${String(present ?? 0)}`),
  );
}

function refuseOtherPlan(expected: ExpectedPlan, { plan, tools }: Planned): void {
  refuseOtherGeneration(expected, plan.from);
  if (expected.digest === null || expected.digest === planDigest(plan)) return;
  const instances = [...tools.instances.values()];
  const image = instances
    .flatMap((each) => imagesOf(each).map((of) => [`${each.engine} ${of.reference}`, of] as const))
    .find(([key, of]) => key in expected.images && expected.images[key] !== of.id);
  const form = Object.entries(expected.forms).find(
    ([name, hash]) => tools.instances.get(name)?.hash !== hash,
  );
  throw new FailureError(
    movedOn(
      image !== undefined
        ? `the image ${image[1].reference} is another one than was planned with`
        : form !== undefined
          ? `what is described of ${form[0]} is not what was planned`
          : 'what runs on the host is not what was planned from',
    ),
  );
}

function movedOn(message: string): Failure {
  return { code: 'MOVED_ON', message: `${message}; nothing was changed`, next: 'plan again: gear plan' };
}
