import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { projectOf, serviceContainers, pairServices } from '../core/descriptor/adopt/project-containers.ts';
import { runningDifferences } from '../core/descriptor/adopt/running-differences.ts';
import {
  adoptedNetworkPath,
  type AdoptedNetwork,
  adoptedPath,
  type AdoptedRecord,
  parseAdopted,
} from '../core/model/adopted.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { unitName } from '../core/model/unit-names.ts';
import { observeHost } from '../observe/host.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { AdoptedContainer, AdoptReport } from '../report/values-of-adoption.ts';
import { adoptedRecord, giveBack, settle, takeName } from './adopted-container.ts';
import type { AppsInput } from './app-inputs.ts';
import { appsChange } from './apps-change.ts';
import { type AppsChange, changeApps } from './change-apps.ts';
import type { FlowContext } from './context.ts';
import type { Desire } from './planning.ts';
import { askEngine } from './engine-command.ts';
import { inspectIn } from './inspect-one.ts';
import { preflight } from './preflight.ts';
import { prepareApps } from './prepare-apps.ts';
import { tellLossesOf } from './tell-losses.ts';

/** `gear adopt --compose FILE`. */
export interface ComposeAdoption extends AppsInput {
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
  readonly timeoutMs: number;
}

/** A container of the project, and the form that it is to be. */
interface Member {
  readonly instance: Instance;
  readonly record: AdoptedRecord;
  readonly plan: AdoptedContainer;
}

interface Takeover {
  readonly engine: EngineKind;
  readonly members: readonly Member[];
  readonly networks: readonly AdoptedNetwork[];
  readonly change: AppsChange;
  readonly report: AdoptReport;
}

/**
 * Makes the running project of a Compose file an app of gear, all or nothing: with Docker every process goes on; with
 * Podman each is stopped and made anew. Volumes and networks stay those that Compose made. What of the file does not run
 * is started as apply would.
 */
export async function adoptCompose(
  context: FlowContext,
  input: ComposeAdoption,
): Promise<Result<AdoptReport>> {
  const prepared = await attempt(async () => {
    const takeover = await prepare(context, input);
    return { ...takeover, agreed: await input.confirm(takeover.report) };
  });
  if (!prepared.ok) return prepared;
  const { agreed, report } = prepared.value;
  if (!agreed) return { ok: true, value: { containers: [], declined: true } };
  const done = await attempt(() => takeOver(context, prepared.value));
  if (done.ok) return { ok: true, value: report };
  await handBack(context, prepared.value);
  return done;
}

async function takeOver(
  context: FlowContext,
  { engine, members, networks, change }: Takeover,
): Promise<void> {
  const { files } = context.host;
  for (const network of networks) await files.write(adoptedNetworkPath(network), `${network.app}\n`, 0o644);
  for (const { record } of members) {
    if (engine === 'docker') await takeName(context, record);
    else await askEngine(context, engine, `stop ${record.formerName}`, ['stop', record.id]);
  }
  const changed = await changeApps(context, change, new Map());
  if (!changed.ok) throw new FailureError(...changed.failures);
  if (changed.value.failures !== undefined) throw new FailureError(...changed.value.failures);
  for (const { record } of members) {
    if (engine === 'docker') await settle(context, record);
    // Without --volumes, since they hold data.
    else await askEngine(context, engine, `remove ${record.formerName}`, ['rm', '--ignore', record.id]);
  }
}

/** After a failure everything is as it was: names, restart policies, and that they run. */
async function handBack(context: FlowContext, { engine, members, networks }: Takeover): Promise<void> {
  for (const { record } of members) {
    if (engine === 'docker') await giveBack(context, record);
    else await attempt(() => askEngine(context, engine, `start ${record.formerName}`, ['start', record.id]));
  }
  for (const network of networks) await context.host.files.remove(adoptedNetworkPath(network));
}

async function prepare(context: FlowContext, input: ComposeAdoption): Promise<Takeover> {
  tellLossesOf(context, input.losses);
  await preflight(context);
  const [request, ...more] = input.apps;
  if (input.failures.length > 0) throw new FailureError(...input.failures);
  if (request === undefined || more.length > 0)
    throw new FailureError({
      code: 'USAGE',
      message: `these are ${String(input.apps.length)} apps, and one project is adopted at a time`,
      next: 'gear adopt --compose compose.yaml',
    });
  const { app } = request;
  const { engine, containers } = await findProject(context, app, input.engine);
  const asked = { ...input, engine, takesNetwork: isOfProject };
  const manifest = await readCurrentManifest(context.host.files);
  const apps = await prepareApps(context, asked, manifest, input.pull);
  if (apps.heldBack.size > 0) throw new FailureError(...[...apps.heldBack.values()].flat());
  const change = await appsChange(
    context,
    { ...asked, wait: true, timeoutMs: input.timeoutMs, mayWrite: true },
    apps,
    manifest,
  );
  const { engines, names } = change;
  const observed = await observeHost(context.host, { engines, instances: names, networks: true });
  const desire = await change.desire(observed, new Map());
  const instances = desire.desired.filter((each) => each.app === app);
  const services = serviceContainers(app, containers);
  const running = services.filter(({ container }) => container.running);
  const { pairs, missing, others } = pairServices(instances, running);
  const examined = await Promise.all(
    pairs.map(({ instance, container }) => attempt(() => examine(context, instance, container, desire))),
  );
  const failures = examined.flatMap((each) => (each.ok ? [] : each.failures));
  if (failures.length > 0) throw new FailureError(...failures);
  const members = examined.flatMap((each) => (each.ok ? [each.value] : []));
  const before = new Set(manifest?.instances.filter((each) => each.app === app).map(({ name }) => name));
  const isBegun = members.some(({ instance }) => before.has(instance.name));
  if (before.size > 0 && !isBegun) throw new FailureError(hasAlready(app));
  return {
    ...{ engine, members, change },
    networks: await foundNetworks(context, desire, app),
    report: {
      containers: members.map(({ plan }) => plan),
      started: missing.map(({ name }) => name),
      left: others.map(({ name }) => `${name} (not in the file)`),
      declined: false,
    },
  };
}

interface Project {
  readonly engine: EngineKind;
  readonly containers: readonly EngineContainer[];
}

/** The engine in which containers of the project run. FailureError NOT_RUNNING. */
async function findProject(
  { host }: FlowContext,
  project: string,
  asked: EngineKind | undefined,
): Promise<Project> {
  const engines = asked === undefined ? (await host.facts()).engines : [asked];
  const others = new Set<string>();
  for (const engine of engines) {
    const containers = await (await host.engine(engine)).everyContainer();
    if (serviceContainers(project, containers).some(({ container }) => container.running))
      return { engine, containers };
    for (const { labels } of containers) others.add(projectOf(labels) ?? '');
  }
  others.delete('');
  const known = [...others].toSorted();
  throw new FailureError({
    code: 'NOT_RUNNING',
    message: `nothing runs of a project ${project}, which is the name that the file has`,
    next:
      known.length === 0
        ? 'docker compose up -d; or let gear start it: gear apply compose.yaml'
        : `projects here are ${known.join(', ')}: write name: at the top of the file, or COMPOSE_PROJECT_NAME=NAME before the command`,
    subject: project,
  });
}

async function examine(
  context: FlowContext,
  instance: Instance,
  container: EngineContainer,
  { environments }: Desire,
): Promise<Member> {
  const { engine, name } = instance;
  const found = await inspectIn(context, engine, container.id);
  const environment = environments.get(instance.environmentFile ?? '') ?? {};
  const { differences, notes } = runningDifferences(instance, environment, found);
  if (differences.length > 0)
    throw new FailureError({
      code: 'UNSUPPORTED',
      message: `${container.name} is not what the file says of ${instance.container}: it has ${differences.join('; ')}`,
      next: 'bring it up to date first: docker compose up -d; or let gear make it anew: docker compose down, gear apply',
      subject: name,
    });
  // One that was begun before has its former name in its record.
  const begun = parseAdopted(container.name, await context.host.files.read(adoptedPath(container.name)));
  const record =
    begun !== null && begun.id === container.id && begun.hash === instance.hash && !begun.settled
      ? begun
      : adoptedRecord(instance, {
          id: container.id,
          formerName: container.name,
          formerRestart: found.HostConfig.RestartPolicy?.Name ?? 'no',
        });
  return {
    instance,
    record,
    plan: {
      ...{ name, engine, from: record.formerName, unit: unitName(name), formerUnit: null },
      restarts: engine === 'podman',
      pid: found.State.Pid,
      notes,
    },
  };
}

/** The networks of the app that are there and were not made by gear. */
async function foundNetworks(
  { host }: FlowContext,
  { networks = [] }: Desire,
  app: string,
): Promise<readonly AdoptedNetwork[]> {
  const own = networks.filter((network) => network.app === app);
  const found = await Promise.all(
    own.map(async ({ engine, name }) => (await (await host.engine(engine)).network(name))?.labels),
  );
  return own.filter((_, index) => {
    const labels = found[index];
    return labels !== undefined && labels['gear.owner'] === undefined && isOfProject(labels, app);
  });
}

function isOfProject(labels: Readonly<Record<string, string>>, app: string): boolean {
  return projectOf(labels) === app;
}

function hasAlready(app: string): Failure {
  return {
    code: 'NOT_OURS',
    message: `gear has an app ${app} already`,
    next: 'make it what the file says: gear apply compose.yaml',
    subject: app,
  };
}
