import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { pairServices, serviceContainers } from '../core/descriptor/adopt/project-containers.ts';
import { adoptedNetworkPath, type AdoptedNetwork } from '../core/model/adopted.ts';
import type { EngineKind } from '../core/model/container.ts';
import { observeHost } from '../observe/host.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { AdoptReport } from '../report/values-of-adoption.ts';
import { areUndeclared, giveBack, settle, takeName } from './adopted-container.ts';
import type { AppsInput } from './app-inputs.ts';
import { appsChange } from './apps-change.ts';
import { type AppsChange, changeApps } from './change-apps.ts';
import { findProject, foundNetworks, isOfProject } from './compose-project.ts';
import { carriedThrough } from './carried-through.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { examineMember, type Member } from './examine-member.ts';
import { orTell } from './or-tell.ts';
import { preflight } from './preflight.ts';
import { prepareApps } from './prepare-apps.ts';
import { tellLossesOf } from './tell-losses.ts';

/** `gear adopt --compose FILE`. */
export interface ComposeAdoption extends AppsInput {
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
  readonly timeoutMs: number;
}

interface Takeover {
  readonly engine: EngineKind;
  readonly members: readonly Member[];
  readonly networks: readonly AdoptedNetwork[];
  /** Containers that do not run by then and have a name that was asked for: ID → name. */
  readonly inTheWay: ReadonlyMap<string, string>;
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
  const names = prepared.value.members.map(({ instance }) => instance.name);
  if (await areUndeclared(context, names)) await handBack(context, prepared.value);
  else await settleAll(context, prepared.value);
  return done;
}

/** What is declared of them is gear's, whatever is left to do. */
async function settleAll(context: FlowContext, { engine, members }: Takeover): Promise<void> {
  if (engine !== 'docker') return;
  for (const { record } of members) await orTell(context, record.formerName, () => settle(context, record));
}

async function takeOver(
  context: FlowContext,
  { engine, members, networks, inTheWay, change }: Takeover,
): Promise<void> {
  const { files } = context.host;
  for (const network of networks) await files.write(adoptedNetworkPath(network), `${network.app}\n`, 0o644);
  for (const { record } of members) {
    if (engine === 'docker') await takeName(context, record);
    else await askEngine(context, engine, `stop ${record.formerName}`, ['stop', record.id]);
  }
  for (const [id, name] of inTheWay)
    await askEngine(context, engine, `rename ${name}`, ['rename', id, asideName(name)]);
  const changed = await changeApps(carriedThrough(context), change, new Map());
  if (!changed.ok) throw new FailureError(...changed.failures);
  if (changed.value.failures !== undefined) throw new FailureError(...changed.value.failures);
  for (const { record } of members) {
    if (engine === 'docker') await settle(context, record);
    // Without --volumes, since they hold data.
    else await askEngine(context, engine, `remove ${record.formerName}`, ['rm', '--ignore', record.id]);
  }
}

/** After a failure everything is as it was: names, restart policies, and that they run. */
async function handBack(
  context: FlowContext,
  { engine, members, networks, inTheWay }: Takeover,
): Promise<void> {
  for (const [id, name] of inTheWay)
    await orTell(context, name, () =>
      askEngine(context, engine, `give ${name} its name back`, ['rename', id, name]),
    );
  for (const { record } of members) {
    if (engine === 'docker') await giveBack(context, record);
    else
      await orTell(context, record.formerName, () =>
        askEngine(context, engine, `start ${record.formerName}`, ['start', record.id]),
      );
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
    pairs.map(({ instance, container }) =>
      attempt(() => examineMember(context, instance, container, desire)),
    ),
  );
  const failures = examined.flatMap((each) => (each.ok ? [] : each.failures));
  if (failures.length > 0) throw new FailureError(...failures);
  const members = examined.flatMap((each) => (each.ok ? [each.value] : []));
  const wished = new Set(instances.flatMap(({ spec }) => spec.containerName ?? []));
  const stopped = services.flatMap(({ container }) =>
    !container.running && wished.has(container.name) ? [container] : [],
  );
  const ending = engine === 'podman' ? pairs.map(({ container }) => container) : [];
  for (const { name } of stopped) {
    const message = `it does not run, and is called ${asideName(name)} from then on`;
    context.emit({ type: 'warning', subject: name, message });
  }
  const before = new Set(manifest?.instances.filter((each) => each.app === app).map(({ name }) => name));
  const isBegun = members.some(({ instance }) => before.has(instance.name));
  if (before.size > 0 && !isBegun) throw new FailureError(hasAlready(app));
  return {
    ...{ engine, members, change },
    inTheWay: new Map(
      [...stopped, ...ending].filter(({ name }) => wished.has(name)).map(({ id, name }) => [id, name]),
    ),
    networks: await foundNetworks(context, desire, app),
    report: {
      containers: members.map(({ plan }) => plan),
      started: missing.map(({ name }) => name),
      left: others.map(({ name }) => `${name} (not in the file)`),
      declined: false,
    },
  };
}

/** What a container is called whose name another one has now. */
function asideName(name: string): string {
  return `${name}-before-gear`;
}

function hasAlready(app: string): Failure {
  return {
    code: 'NOT_OURS',
    message: `gear has an app ${app} already`,
    next: 'make it what the file says: gear apply compose.yaml',
    subject: app,
  };
}
