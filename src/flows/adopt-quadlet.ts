import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { runsSomething } from '../core/descriptor/quadlet/generated-unit.ts';
import { adoptedNetworkPath, type AdoptedNetwork } from '../core/model/adopted.ts';
import { paths } from '../core/model/paths.ts';
import { systemctl } from '../core/model/systemctl.ts';
import { unitName } from '../core/model/unit-names.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { AdoptedContainer, AdoptReport } from '../report/values-of-adoption.ts';
import { areUndeclared } from './adopted-container.ts';
import type { AppsInput } from './app-inputs.ts';
import { appsChange } from './apps-change.ts';
import { type AppsChange, changeApps } from './change-apps.ts';
import { carriedThrough } from './carried-through.ts';
import type { FlowContext } from './context.ts';
import { orTell } from './or-tell.ts';
import { preflight } from './preflight.ts';
import { prepareApps, type PreparedApp } from './prepare-apps.ts';
import { findTriggers, type FormerTriggers } from './quadlet-timers.ts';
import { containerOf, findGenerated, type Generated, moveQuadlet } from './quadlet-units.ts';
import { tellLossesOf } from './tell-losses.ts';

/** `gear adopt --quadlet FOLDER`. */
export interface QuadletAdoption extends AppsInput {
  /** The absolute path of the folder. */
  readonly folder: string;
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
  readonly timeoutMs: number;
}

interface Takeover {
  readonly app: string;
  /** The units to stop, which run containers. */
  readonly running: readonly string[];
  /** The timers that start them at their times, which gear's own do from now on. */
  readonly timers: readonly string[];
  /** Those of them that boot starts. */
  readonly enabled: readonly string[];
  /** Those of networks, volumes and images, which systemd takes for active until they are stopped. */
  readonly resources: readonly string[];
  readonly networks: readonly AdoptedNetwork[];
  readonly change: AppsChange;
  readonly report: AdoptReport;
}

/**
 * Makes what Quadlet generates from a folder an app of gear: its units are stopped, gear's start with the same volumes and
 * networks, and the files move to a place that the generator does not read. What does not come through is started by
 * Quadlet again.
 */
export async function adoptQuadlet(
  context: FlowContext,
  input: QuadletAdoption,
): Promise<Result<AdoptReport>> {
  const prepared = await attempt(async () => {
    const takeover = await prepare(context, input);
    return { ...takeover, agreed: await input.confirm(takeover.report) };
  });
  if (!prepared.ok) return prepared;
  const { agreed, report, running, timers, enabled, networks } = prepared.value;
  if (!agreed) return { ok: true, value: { containers: [], declined: true } };
  const done = await attempt(() => takeOver(context, input, prepared.value));
  if (done.ok) return { ok: true, value: report };
  const names = [...prepared.value.change.apps.values()].flatMap((each) => [...each]);
  if (!(await areUndeclared(context, names))) return done;
  for (const network of networks) await context.host.files.remove(adoptedNetworkPath(network));
  await orTell(context, input.folder, () => runSystemctl(context, 'enable', enabled));
  await orTell(context, input.folder, () => runSystemctl(context, 'start', [...timers, ...running]));
  return done;
}

async function takeOver(
  context: FlowContext,
  { folder }: QuadletAdoption,
  { app, running, timers, resources, networks, change }: Takeover,
): Promise<void> {
  const { files } = context.host;
  for (const network of networks) await files.write(adoptedNetworkPath(network), `${app}\n`, 0o644);
  await runSystemctl(context, 'stop', [...timers, ...running]);
  const changed = await changeApps(carriedThrough(context), change, new Map());
  if (!changed.ok) throw new FailureError(...changed.failures);
  if (changed.value.failures !== undefined) throw new FailureError(...changed.value.failures);
  // Before the files go, to one of which a timer may be a link.
  await runSystemctl(context, 'disable', timers);
  await moveQuadlet(context, folder, keptFolder(app));
  await (await context.host.systemd()).reload();
  // Without its file a unit has no stop commands any more, which could remove a network.
  await runSystemctl(context, 'stop', resources);
}

/** Where the files go, to be applied from there. */
function keptFolder(app: string): string {
  return `${paths.root}/quadlet/${app}`;
}

async function prepare(context: FlowContext, input: QuadletAdoption): Promise<Takeover> {
  tellLossesOf(context, input.losses);
  await preflight(context);
  const { folder } = input;
  if (input.failures.length > 0) throw new FailureError(...input.failures);
  const [request, ...more] = input.apps;
  if (request === undefined || more.length > 0)
    throw new FailureError({
      code: 'USAGE',
      message: `${folder} holds ${String(input.apps.length)} apps, and not the Quadlet files of one`,
      next: 'move other descriptors out of it',
    });
  const { app } = request;
  const generated = await findGenerated(context, folder);
  const own = generated.filter(({ file }) => runsSomething(file));
  const specs = new Map(request.containers.map(({ container, spec }) => [container, spec]));
  const triggers = await findTriggers(context, folder, own, specs);
  // What runs to its end is `activating` while it runs.
  const running = own.filter(({ state }) => ['active', 'activating'].includes(state.activeState));
  const former = own.filter((each) => running.includes(each) || triggers.timers.has(each.unit));
  if (former.length === 0) throw new FailureError(nothing(folder, generated.length > 0));
  const asked: AppsInput = {
    ...input,
    engine: 'podman',
    takesNetwork: () => true,
    // From where the files are to lie.
    sources: new Map([[app, { path: keptFolder(app) }]]),
  };
  const manifest = await readCurrentManifest(context.host.files);
  const apps = await prepareApps(context, asked, manifest, input.pull);
  const [prepared] = apps.apps;
  if (apps.heldBack.size > 0 || prepared === undefined)
    throw new FailureError(...[...apps.heldBack.values()].flat());
  const options = { wait: true, timeoutMs: input.timeoutMs, mayWrite: true };
  const containers = planned(prepared, former, triggers);
  const taken = new Set(containers.map(({ name }) => name));
  return {
    app,
    running: running.map(({ state }) => state.unit),
    enabled: triggers.enabled,
    timers: [...new Set([...triggers.timers.values()].flat())],
    resources: generated
      .filter(({ file, state }) => !runsSomething(file) && state.activeState === 'active')
      .map(({ state }) => state.unit),
    networks: await foundNetworks(context, prepared),
    change: await appsChange(context, { ...asked, ...options }, apps, manifest),
    report: {
      containers,
      started: prepared.containers.map(({ name }) => name).filter((name) => !taken.has(name)),
      left: [
        `the files move to ${keptFolder(app)}, which Quadlet does not read; apply them from there: what else refers to them`,
      ],
      declined: false,
    },
  };
}

/** Each container with the unit that it was run by. */
function planned(
  { containers }: PreparedApp,
  units: readonly Generated[],
  { timers, others }: FormerTriggers,
): readonly AdoptedContainer[] {
  return containers.flatMap(({ name, request }) => {
    const former = units.find((each) => containerOf(each) === request.container);
    if (former === undefined) return [];
    const [timer] = timers.get(former.unit) ?? [];
    return [
      {
        ...{ name, engine: 'podman', from: former.file, unit: unitName(name), formerUnit: former.unit },
        ...{ restarts: true, pid: former.state.mainPid, notes: others.get(former.unit) ?? [] },
        ...(timer === undefined ? {} : { timer }),
      },
    ];
  });
}

/** The networks of the app that are there and were not made by gear: Quadlet's, by their names. */
async function foundNetworks(
  { host }: FlowContext,
  { request, engine }: PreparedApp,
): Promise<readonly AdoptedNetwork[]> {
  const { app } = request;
  const own = request.networks.filter(({ external }) => external !== true);
  const found = await Promise.all(
    own.map(async ({ name }) => (await (await host.engine(engine)).network(name))?.labels),
  );
  return own
    .filter((_, index) => found[index] !== undefined && found[index]['gear.owner'] === undefined)
    .map(({ name }) => ({ engine, name, app }));
}

async function runSystemctl(
  { host }: FlowContext,
  verb: 'start' | 'stop' | 'enable' | 'disable',
  units: readonly string[],
): Promise<void> {
  if (units.length === 0) return;
  const { status, stderr } = await host.run(['systemctl', verb, ...units]);
  if (status === 0) return;
  throw new FailureError({
    code: 'SYSTEMD_REFUSED',
    message: `systemctl could not ${verb} ${units.join(' ')}: ${stderr.trim()}`,
    next: systemctl(`${verb} ${units.join(' ')}`),
  });
}

function nothing(folder: string, isGenerated: boolean) {
  return {
    code: 'NOT_RUNNING' as const,
    message: isGenerated
      ? `no unit that Quadlet generates from ${folder} runs`
      : `systemd runs nothing that was generated from ${folder}`,
    next: `there is nothing to take over: gear apply ${folder} --engine podman`,
  };
}
