import type { AppRequest } from '../core/model/app.ts';
import { instanceName } from '../core/model/instance-name.ts';
import { errorTable } from '../errors/codes.ts';
import type { Failure, Result } from '../errors/failure.ts';
import type { ChangeReport } from '../report/values.ts';
import type { AppOutcome, Outcomes } from './machine/events.ts';

/** What a change of several apps did for each of them. */
export function outcomesOf(apps: readonly AppRequest[], result: Result<ChangeReport>): Outcomes {
  const failures = result.ok ? (result.value.failures ?? []) : result.failures;
  const left = result.ok ? new Set(result.value.left ?? []) : null;
  const blamed = apps.map((each): [AppRequest, readonly Failure[]] => [each, ofApp(each, failures)]);
  // Without a culprit nothing was done for anybody.
  const unowned = unownedOf(apps, failures);
  return new Map(
    blamed.map(([{ app }, own]) => {
      if (left?.has(app) === false) return [app, { ok: true }];
      return [app, failed(own.length > 0 ? own : unowned.length > 0 ? unowned : failures)];
    }),
  );
}

/** What is the failure of none of the apps, such as what could not be removed after all was done. */
export function unownedOf(apps: readonly AppRequest[], failures: readonly Failure[]): readonly Failure[] {
  return failures.filter((failure) => apps.every((each) => ofApp(each, [failure]).length === 0));
}

/** The same failures for all of them. */
export function allFailed(apps: readonly string[], failures: readonly Failure[]): Outcomes {
  return new Map(apps.map((app) => [app, failed(failures)]));
}

function failed(failures: readonly Failure[]): AppOutcome {
  const others = failures.filter(({ code }) => code !== 'IMAGE_UNKNOWN');
  if (others.length === 0 && failures.length > 0)
    return { ok: false, failures, disturbing: false, lacksImages: true };
  return { ok: false, failures: others, disturbing: others.some(isDisturbing) };
}

/** Something was stopped or started before it failed. */
function isDisturbing({ code }: Failure): boolean {
  return errorTable[code].exit === 'takenBack' || code === 'START_FAILED' || code === 'WAIT_TIMEOUT';
}

function ofApp({ app, source, containers }: AppRequest, failures: readonly Failure[]): readonly Failure[] {
  const names = new Set([
    app,
    ...containers.map((each) => instanceName(each)),
    // What is said of an image is said of whoever asks for it.
    ...containers.flatMap(({ spec }) => [spec.image, ...(spec.init ?? []).map(({ image }) => image)]),
  ]);
  return failures.filter(
    ({ subject, place }) =>
      (subject !== undefined && (names.has(subject) || subject.startsWith(`${app}.`))) ||
      place?.source === source,
  );
}
