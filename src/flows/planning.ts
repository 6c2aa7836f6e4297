import { type Failure, FailureError } from '../errors/failure.ts';
import type { VolumeRequest } from '../core/model/app.ts';
import type { EngineKind, Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import type { AppNetwork } from '../core/model/network.ts';
import { withJoins } from '../core/model/joined.ts';
import { findConflicts } from '../core/plan/conflicts.ts';
import type { DeclaredUnit } from '../core/render/unit.ts';
import { checkDependencies } from '../core/plan/dependencies.ts';
import { findNetworkUsers } from '../core/plan/network-moves.ts';
import type { AppSource } from '../core/model/manifest.ts';
import type { Observed } from '../core/plan/observed.ts';
import { type Plan, planChanges } from '../core/plan/plan.ts';
import { withoutSilent } from '../core/plan/silent.ts';
import type { Wishes } from '../core/plan/wishes.ts';
import { execute } from '../apply/execute.ts';
import type { Tools } from '../apply/tools.ts';
import type { ListeningPort } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import { withoutUnits } from './edited-units.ts';
import { type Carried, withoutLeftOver } from './left-over.ts';
import { renderDesired } from './render-desired.ts';
import { observeFor, type Snapshot } from './snapshot.ts';

/** What a command wants, given what is there. */
export interface Desire {
  /** The whole set that the host is to hold. */
  readonly desired: readonly Instance[];
  /** The networks that apps own; absent: the present ones of the apps that have containers. */
  readonly networks?: readonly AppNetwork[];
  /** The descriptors that apps are applied from. */
  readonly sources?: ReadonlyMap<string, AppSource>;
  /** Environments that are not on the host yet, by hash. */
  readonly environments: ReadonlyMap<string, Environment>;
  /** Contents of files of configuration that may not be on the host yet, by hash. */
  readonly data?: ReadonlyMap<string, Uint8Array>;
  /** Named volumes with more to say than a name, by name. */
  readonly volumes?: ReadonlyMap<string, VolumeRequest>;
  readonly wishes: Wishes;
  /** Units whose files are not as gear wrote them: they are written anew. */
  readonly edited?: ReadonlySet<string>;
}

/** A change of a host, as its command states it. */
export interface Change {
  /** Instances that the command names. */
  readonly names: readonly string[];
  readonly engines: readonly EngineKind[];
  /** Whether it may make networks. */
  readonly networks?: boolean;
  readonly wait: boolean;
  readonly timeoutMs: number;
  /** So many generations stay, the newest ones; absent: as many as are always kept. */
  readonly keep?: number;
  /** Whether conflicts forbid it. What goes back, or finishes, was allowed before. */
  readonly checked?: false;
  /** It makes no container new or other, so a wrong template of the host does not hold it up. */
  readonly leavesForms?: true;
  /** Called under the lock, with a fresh snapshot. */
  readonly desire: (observed: Observed) => Promise<Desire>;
}

/** A plan that is being carried out, with all that explains it. */
export interface Planned {
  readonly observed: Observed;
  readonly desire: Desire;
  readonly plan: Plan;
  readonly rendered: ReadonlyMap<string, readonly DeclaredUnit[]>;
  readonly tools: Tools;
}

/** Observes, asks what is desired, checks and plans. FailureError when the change may not be made; nothing is touched. */
export async function planChange(context: FlowContext, change: Change, deadlineMs: number): Promise<Planned> {
  return planFrom(context, change, await observeFor(context, change), deadlineMs);
}

/** As planChange, from a snapshot that was taken under the same lock. */
export async function planFrom(
  context: FlowContext,
  change: Change,
  { observed: seen, templates, unitFiles }: Snapshot,
  deadlineMs: number,
): Promise<Planned> {
  const { host, clock } = context;
  const asked = await change.desire(seen);
  const { edited } = asked;
  const observed =
    edited === undefined || edited.size === 0 || seen.manifest === null
      ? seen
      : { ...seen, manifest: withoutUnits(seen.manifest, edited) };
  const desire = { ...asked, desired: withJoins(asked.desired) };
  const networks = desire.networks ?? networksOf(observed, desire.desired);
  if (change.checked !== false) await refuseConflicts(context, observed, desire.desired, networks);
  const rendering = await renderDesired(context, {
    templates,
    unitFiles,
    observed,
    desired: desire.desired,
    networks,
    verified: change.checked !== false,
    leavesForms: change.leavesForms === true,
  });
  const { rendered, used, given } = rendering;
  const before = observed.manifest?.instances ?? [];
  const leaving = before.filter((each) => desire.wishes.eject.has(each.name));
  if (change.names.length > 0) tellSilent(context, observed);
  const planned = planChanges({
    observed,
    desired: desire.desired,
    networks,
    sources: desire.sources,
    rendered,
    wishes: desire.wishes,
    command: context.command,
    by: context.by,
    nowMs: clock.nowMs(),
    version: context.version,
    rendering: rendering.key,
    templates: { used, given: given.map(({ name }) => name) },
    ...(observed.kept === undefined ? {} : { kept: observed.kept }),
  });
  const plan = withoutSilent(planned, observed, desire.desired);
  const tools: Tools = {
    host,
    clock,
    instances: new Map(desire.desired.map((each) => [each.name, each])),
    units: [...rendered.values()].flat(),
    ejected:
      leaving.length === 0
        ? new Map()
        : rendering.again(
            before.filter(({ engine }) => observed.silent?.has(engine) !== true),
            observed.manifest?.networks ?? [],
          ),
    templates: given,
    manifest: plan.manifest,
    before: observed.manifest,
    environments: desire.environments,
    data: desire.data ?? new Map(),
    networks,
    volumes: desire.volumes ?? new Map(),
    wait: change.wait,
    deadlineMs,
    madeVolumes: new Set(),
    signal: context.signal,
  };
  return { observed, desire, plan, rendered, tools };
}

function tellSilent({ emit }: FlowContext, { silent = new Set<EngineKind>() }: Observed): void {
  for (const engine of silent) {
    emit({ type: 'warning', subject: engine, message: 'it does not answer; what it runs is left as it is' });
  }
}

function networksOf({ manifest }: Observed, desired: readonly Instance[]): readonly AppNetwork[] {
  const apps = new Set(desired.map((each) => each.app));
  return (manifest?.networks ?? []).filter(({ app }) => apps.has(app));
}

async function refuseConflicts(
  context: FlowContext,
  observed: Observed,
  desired: readonly Instance[],
  networks: readonly AppNetwork[],
): Promise<void> {
  const changed = changedInstances(observed, desired);
  const publishes = changed.some(({ spec }) => spec.ports.length > 0);
  const { listening, firstPort } = publishes ? await portsOf(context) : { listening: [] };
  const failures: readonly Failure[] = [
    ...checkDependencies(desired, observed.manifest?.instances),
    ...findConflicts({
      observed,
      desired,
      changed: new Set(changed.map((each) => each.name)),
      listening,
      ...(firstPort === undefined ? {} : { firstPort }),
    }),
    ...findNetworkUsers(observed, networks),
  ];
  if (failures.length > 0) throw new FailureError(...failures);
}

/** What says of ports of the host whether they can be had. */
async function portsOf({ host }: FlowContext): Promise<{
  readonly listening: readonly ListeningPort[];
  readonly firstPort?: number | undefined;
}> {
  const [listening, { userManager }] = await Promise.all([host.listening(), host.facts()]);
  return { listening, firstPort: userManager?.firstPort };
}

/** Walks the plan up to a stage. What could not be removed after all else is done has not failed it; `touched` names what is meant. */
export async function carryOut(
  { emit, onEffect, keep }: FlowContext,
  planned: Planned,
  to: 'act' | 'erase',
  touched = planned.desire.wishes.touched,
): Promise<Carried> {
  const { tools, plan, observed } = planned;
  const outcome = await execute({ tools, emit, onEffect }, plan.operations, { to });
  const swapped = outcome.done.some(({ kind }) => kind === 'generation.swap');
  const manifest = swapped ? plan.manifest : observed.manifest;
  if (manifest !== null) keep?.(manifest);
  const change = { touched, desired: tools.instances };
  return withoutLeftOver({ emit }, change, outcome);
}

function changedInstances(observed: Observed, desired: readonly Instance[]): readonly Instance[] {
  const before = new Map(observed.manifest?.instances.map((each) => [each.name, each]));
  return desired.filter((each) => before.get(each.name)?.hash !== each.hash);
}
