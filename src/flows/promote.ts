import type { AppRequest } from '../core/model/app.ts';
import type { ResolvedImage } from '../core/model/instance.ts';
import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { ChangeReport } from '../report/values.ts';
import type { ApplyInput } from './app-inputs.ts';
import { applyApps, type Confirm, confirmAndApply } from './apply.ts';
import type { Between } from './move/between.ts';
import type { WaitOptions } from './inputs.ts';
import { imagesByName } from './pinned-image.ts';
import { preflight } from './preflight.ts';
import { readRunningApp } from './running-app.ts';

/** `gear promote APP --from HOST --to HOST`. */
export interface PromoteInput extends WaitOptions {
  readonly app: string;
  /** The app as it is to be on the other host, of what it is on this one. */
  readonly overlaid: (app: AppRequest) => Promise<Result<AppRequest>>;
}

/**
 * Applies on one host what another one runs, with the very same images: only what an overlay says may differ, and never
 * the image. `confirm` is asked with the plan; null: nobody is.
 */
export async function promoteApp(
  { from, to }: Between,
  { app, overlaid, wait, timeoutMs }: PromoteInput,
  confirm: Confirm | null,
): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async (): Promise<ApplyInput> => {
    await preflight(to);
    const { request, instances } = await readRunningApp(from, app);
    const byName = imagesByName(instances);
    const result = await overlaid(request);
    if (!result.ok) throw new FailureError(...result.failures);
    const others = findOtherImages(result.value, byName);
    if (others.length > 0) throw new FailureError(...others);
    return {
      apps: [result.value],
      failures: [],
      images: { byName, orSimilar: false },
      pull: 'missing',
      pruneVolumes: false,
      start: true,
      wait,
      timeoutMs,
    };
  });
  if (!prepared.ok) return prepared;
  return confirm === null ? applyApps(to, prepared.value) : confirmAndApply(to, prepared.value, confirm);
}

/** Containers that an overlay gives another image: that would be no promotion of what was tried. */
function findOtherImages(
  { containers, source }: AppRequest,
  tried: ReadonlyMap<string, ResolvedImage>,
): readonly Failure[] {
  return containers
    .filter(({ spec }) => [spec, ...(spec.init ?? [])].some(({ image }) => !tried.has(image)))
    .map(({ container, spec }) => ({
      code: 'VALUE_INVALID',
      message: `the overlay gives ${container} the image ${spec.image}, which ${source} does not run`,
      next: 'take the image out of the overlay; what is promoted is what was tried',
      subject: container,
    }));
}
