import type { Hold, Instance } from '../core/model/instance.ts';
import { isOneShot } from '../core/model/one-shot.ts';
import { unitName } from '../core/model/unit-names.ts';
import { bootLinkPaths, isOwnLink, unitLinks } from '../core/plan/links.ts';
import type { Observed } from '../core/plan/observed.ts';
import type { FlowContext } from './context.ts';

/** What a person did to an instance, which gear leaves so. */
export function onPurpose(observed: Observed, instance: Instance): readonly string[] {
  const unit = unitName(instance.name);
  const { path } = unitLinks(unit);
  const target = observed.links.get(path);
  const state = observed.units.get(unit);
  if (target === '/dev/null' || state?.load === 'masked') return ['its unit is masked'];
  if (target !== undefined && !isOwnLink(path, target))
    return [`${path} was replaced by something that is not gear's`];
  if (instance.hold?.by === handHold.by || isDisabled(observed, instance))
    return [`somebody disabled and stopped ${unit}`];
  if (instance.hold !== null || isOneShot(instance.spec)) return [];
  return isStopped(observed, instance) ? [`somebody stopped ${unit}`] : [];
}

/**
 * Whether a person ran `systemctl disable --now`, or unmasked what was stopped, which takes away the same: it is down,
 * killed for that where it had to be, and every link of its unit is gone.
 */
export function isDisabled(observed: Observed, instance: Instance): boolean {
  if (instance.hold !== null || isOneShot(instance.spec)) return false;
  const unit = unitName(instance.name);
  const state = observed.units.get(unit);
  const links = [unitLinks(unit).path, ...bootLinkPaths(instance).map((link) => link.path)];
  const isDown = state?.active === 'inactive' || state?.endedBadly === true;
  const isGone = state === undefined || (state.load === 'not-found' && isDown);
  return isGone && links.every((link) => !observed.links.has(link));
}

/** What keeps stopped what a person disabled and stopped: systemd would forget it with the next link. */
const handHold = { by: 'systemctl', reason: 'somebody disabled and stopped it' } as const;

/** That hold, from now on. */
export function heldByHand({ clock }: FlowContext): Hold {
  return { ...handHold, atMs: clock.nowMs() };
}

/** With Restart=always, what is down and is not started again was stopped, even where it had to be killed for that. */
function isStopped(observed: Observed, { name, spec }: Instance): boolean {
  const state = observed.units.get(unitName(name));
  return (
    spec.restart === 'always' &&
    state?.unmet === undefined &&
    (state?.endedCleanly === true || state?.endedBadly === true)
  );
}

/** A stop that is younger than this may be part of a restart of the engine, which stops its containers first. */
const doubtMs = 20_000;

/**
 * Clean stops that may be no person's doing: what went down with dockerd is started again when that is up. `againInMs`
 * is when the youngest of them can be judged.
 */
export async function judgeStops(
  context: FlowContext,
  observed: Observed,
  meant: readonly Instance[],
): Promise<{ readonly doubtful: ReadonlySet<string>; readonly againInMs: number | null }> {
  const stopped = meant.filter((instance) => isStopped(observed, instance));
  if (stopped.length === 0) return { doubtful: new Set(), againInMs: null };
  const systemd = await context.host.systemd();
  const [docker, ...states] = await systemd.units([
    'docker.service',
    ...stopped.map(({ name }) => unitName(name)),
  ]);
  const nowMs = context.clock.nowMs();
  const doubtful = new Set<string>();
  let againInMs: number | null = null;
  stopped.forEach(({ name, engine }, index) => {
    const sinceMs = states[index]?.stateChangeMs ?? 0;
    const untilMs = sinceMs + doubtMs - nowMs;
    // A stop of the future was one before the clock was set back.
    const leftMs = untilMs > doubtMs ? 0 : untilMs;
    const isDown = engine === 'docker' && docker?.activeState !== 'active';
    if (leftMs > 0) againInMs = Math.max(againInMs ?? 0, leftMs);
    if (leftMs > 0 || isDown || sinceMs <= (engine === 'docker' ? (docker?.activeEnterMs ?? 0) : 0))
      doubtful.add(name);
  });
  return { doubtful, againInMs };
}
