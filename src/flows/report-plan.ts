import type { Instance } from '../core/model/instance.ts';
import { generationPath } from '../core/model/paths.ts';
import { isAwaiting } from '../core/plan/actions.ts';
import { differences } from '../core/plan/differences.ts';
import { templatesReason } from '../core/plan/declaration.ts';
import { planDigest } from '../core/plan/digest.ts';
import { hasSameFiles } from '../core/plan/form.ts';
import type { Operation } from '../core/plan/operation.ts';
import { instanceOf } from '../core/plan/subject.ts';
import { unitDiff } from '../core/plan/unit-diff.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type {
  MissingImage,
  PlannedApp,
  PlannedContainer,
  PlannedNetwork,
  PlanReport,
  UnitChange,
} from '../report/values-of-plans.ts';
import type { HeldBack } from './change-apps.ts';
import type { FlowContext } from './context.ts';
import { findOtherSources } from './other-source.ts';
import { environmentIn, isRewritten } from './report-change.ts';
import type { Planned } from './planning.ts';
import type { PreparedApp } from './prepare-apps.ts';

interface Input {
  readonly planned: Planned;
  readonly heldBack: HeldBack;
  readonly apps: readonly PreparedApp[];
  readonly pulls: readonly MissingImage[];
  readonly diff: boolean;
}

/** A plan as people read it: container by container, app by app. */
export async function reportPlan(context: FlowContext, input: Input): Promise<PlanReport> {
  const { planned, heldBack, apps, pulls } = input;
  const { operations } = planned.plan;
  const byInstance = new Map<string, Operation[]>();
  for (const each of operations) {
    const name = instanceOf(each);
    if (name !== null) byInstance.set(name, [...(byInstance.get(name) ?? []), each]);
  }
  const names = [...new Set([...planned.desire.wishes.touched, ...byInstance.keys()])].toSorted();
  const before = new Map(planned.observed.manifest?.instances.map((each) => [each.name, each]));
  const containers = await Promise.all(
    names.map(async (name) => {
      const [old, next] = [before.get(name), planned.tools.instances.get(name)];
      const app = (next ?? old)?.app ?? name.replace(/\..*$/, '');
      return { app, container: await reportContainer(planned, name, old, next, byInstance.get(name) ?? []) };
    }),
  );
  const failures = [...heldBack.values()].flat();
  return {
    from: planned.plan.from,
    digest: pulls.length > 0 ? null : planDigest(planned.plan),
    changes: operations.some((each) => !isAwaiting(each)) || pulls.length > 0,
    apps: groupByApp(containers, apps, planned),
    pulls,
    forms: Object.fromEntries(
      apps.flatMap((app) =>
        app.containers.map(({ name }) => [name, planned.tools.instances.get(name)?.hash ?? '']),
      ),
    ),
    images: Object.fromEntries(
      apps.flatMap(({ engine, containers: all }) =>
        all
          .flatMap(({ found, initImages }) => [found, ...initImages])
          .map(({ image }) => [`${engine} ${image.reference}`, image.id]),
      ),
    ),
    operations: operations.map(({ kind, subject, reason }) => ({ kind, subject, reason })),
    ...(input.diff ? { units: await unitChanges(context, planned) } : {}),
    ...(failures.length === 0 ? {} : { left: [...heldBack.keys()], failures }),
  };
}

function groupByApp(
  containers: readonly { readonly app: string; readonly container: PlannedContainer }[],
  apps: readonly PreparedApp[],
  planned: Planned,
): readonly PlannedApp[] {
  const { plan } = planned;
  const warnings = findOtherSources(planned);
  const sources = new Map(apps.map(({ request }) => [request.app, request.source]));
  const names = [...new Set([...sources.keys(), ...containers.map(({ app }) => app)])].toSorted();
  return names.map((app) => ({
    app,
    source: sources.get(app) ?? null,
    ...warningIn(warnings.get(app)),
    containers: containers.flatMap((each) => (each.app === app ? [each.container] : [])),
    networks: networksOf(
      plan.operations.flatMap((each) => ('app' in each && each.app === app ? [each] : [])),
    ),
  }));
}

function warningIn(warning: string | undefined): Pick<PlannedApp, 'warning'> {
  return warning === undefined ? {} : { warning };
}

type NetworkOperation = Extract<Operation, { readonly network: string }>;

function networksOf(operations: readonly NetworkOperation[]): readonly PlannedNetwork[] {
  const replaced = operations.filter(({ kind }) => kind === 'network.replace');
  const names = new Set(replaced.map(({ network }) => network));
  return [
    ...replaced.map(({ network, reason }) => ({ name: network, isNew: false, changes: reason })),
    ...operations
      .filter(({ network }) => !names.has(network))
      .map(({ network, kind }) => ({ name: network, isNew: kind === 'network.ensure' })),
  ];
}

async function reportContainer(
  planned: Planned,
  name: string,
  before: Instance | undefined,
  after: Instance | undefined,
  operations: readonly Operation[],
): Promise<PlannedContainer> {
  const acts = operations.filter((each) => each.stage === 'act' || each.stage === 'retire');
  const [reason = reasonWithoutAct(planned, name, before, after)] = acts.map((each) => each.reason);
  const action = actionOf(planned, before, after, acts, operations);
  const changed = before !== undefined && after !== undefined && before.hash !== after.hash;
  const changes = changed
    ? differences(before, after, {
        before: await environmentIn(planned, before),
        after: await environmentIn(planned, after),
      })
    : [];
  const files = before !== undefined && after !== undefined && !hasSameFiles(before, after);
  return {
    name,
    action,
    reason,
    changes: files && !changed ? [...changes, 'files of configuration have another content'] : changes,
    operations: operations.map(({ kind, subject, reason: why }) => ({ kind, subject, reason: why })),
  };
}

/** Why something that does not run is listed. */
function reasonWithoutAct(
  { desire, observed, plan }: Planned,
  name: string,
  before: Instance | undefined,
  after: Instance | undefined,
): string | null {
  const { renamed } = desire.wishes;
  if (after === undefined) {
    const [newName] = [...renamed].find(([, formerName]) => formerName === name) ?? [];
    return newName === undefined ? null : `renamed to ${newName}`;
  }
  const formerName = renamed.get(name);
  if (formerName !== undefined) return `renamed from ${formerName}`;
  if (after.hold !== null && before?.hash !== after.hash) return 'stays stopped';
  return plan.manifest === null ? null : templatesReason(observed.manifest, plan.manifest.templates ?? {});
}

function actionOf(
  planned: Planned,
  before: Instance | undefined,
  after: Instance | undefined,
  acts: readonly Operation[],
  operations: readonly Operation[],
): PlannedContainer['action'] {
  const does = (kind: Operation['kind']): boolean => acts.some((each) => each.kind === kind);
  if (after === undefined) return 'removed';
  if (before === undefined) return planned.desire.wishes.renamed.has(after.name) ? 'renamed' : 'new';
  if (before.hash !== after.hash) return 'changed';
  if (does('unit.reload')) return 'reloaded';
  if (does('unit.restart')) return 'restarted';
  const wasStopped = operations.some(({ stage, kind }) => stage === 'quiesce' && kind === 'unit.stop');
  if (operations.length > 0 && operations.every(isAwaiting)) return 'unchanged';
  if (does('unit.start')) return wasStopped ? 'restarted' : 'started';
  if (does('unit.stop')) return 'stopped';
  if (isRewritten(planned, after)) return 'rewritten';
  return operations.length > 0 ? 'mended' : 'unchanged';
}

/** The texts of units that change, as `diff -u` writes them. */
async function unitChanges(context: FlowContext, planned: Planned): Promise<readonly UnitChange[]> {
  const { manifest } = planned.observed;
  const after = new Map([...planned.rendered.values()].flat().map((unit) => [unit.name, unit]));
  const names = [...new Set([...after.keys(), ...Object.keys(manifest?.units ?? {})])].toSorted();
  const known = new Set(
    [...planned.desire.desired, ...(manifest?.instances ?? [])].flatMap((each) => unitsOf(each).all),
  );
  const changes = await Promise.all(
    names
      .filter((name) => known.has(name) && after.get(name)?.hash !== manifest?.units[name])
      .map(async (unit): Promise<UnitChange> => {
        const path = `${generationPath(manifest?.generation ?? 0)}/units/${unit}`;
        const old = manifest?.units[unit] === undefined ? null : await context.host.files.read(path);
        const before = old === null ? null : new TextDecoder().decode(old);
        return { unit, diff: unitDiff(unit, before, after.get(unit)?.text ?? null) };
      }),
  );
  return changes.filter(({ diff }) => diff !== '');
}
