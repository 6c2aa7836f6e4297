import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { environmentHash } from '../apply/environment-store.ts';
import { checkSpec } from '../core/descriptor/apply-change.ts';
import { adoptedRequest } from '../core/descriptor/adopt/adopted-request.ts';
import { containerName } from '../core/model/container-name.ts';
import type { Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { checkName } from '../core/model/names.ts';
import { resolveInstance } from '../core/model/resolve.ts';
import { paths } from '../core/model/paths.ts';
import { systemctl } from '../core/model/systemctl.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import { noWishes } from '../core/plan/wishes.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { AdoptedContainer, AdoptReport } from '../report/values-of-adoption.ts';
import { adoptedRecord, giveBack, settle, takeName } from './adopted-container.ts';
import { changeHost } from './change.ts';
import { carriedThrough } from './carried-through.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { inspectOne } from './inspect-one.ts';
import { disableUnit, letGoOfClient } from './let-go.ts';
import { preflight } from './preflight.ts';

/** `gear adopt`. */
export interface AdoptInput {
  readonly containers: readonly string[];
  /** The name that it gets; only with one container. Absent: its own. */
  readonly name?: string;
  /** The unit that runs it at present; only with one container. */
  readonly unit?: string;
  /** Shown what would be done; a false does nothing. */
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
  readonly timeoutMs: number;
}

/** A container with everything that its adoption needs. */
export interface Candidate {
  readonly instance: Instance;
  readonly environment: Environment;
  readonly id: string;
  readonly formerName: string;
  readonly formerRestart: string;
  readonly plan: AdoptedContainer;
}

/**
 * Makes containers that run gear's own. One of Docker goes on as it is, with the same process: it is renamed, and its
 * unit attaches to it. One of Podman is made anew, because its unit has to be its parent; that is said first. Volumes
 * stay. What does not come through is given back as it was.
 */
export async function adoptContainers(context: FlowContext, input: AdoptInput): Promise<Result<AdoptReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const candidates = await Promise.all(input.containers.map((each) => examine(context, input, each)));
    return {
      candidates,
      agreed: await input.confirm({ containers: candidates.map(({ plan }) => plan), declined: false }),
    };
  });
  if (!prepared.ok) return prepared;
  const { candidates, agreed } = prepared.value;
  if (!agreed) return { ok: true, value: { containers: [], declined: true } };
  for (const candidate of candidates) {
    const done = await (candidate.instance.engine === 'docker'
      ? adoptRunning(context, input, candidate)
      : adoptAnew(context, input, candidate));
    if (!done.ok) return done;
  }
  return { ok: true, value: { containers: candidates.map(({ plan }) => plan), declined: false } };
}

/** Reads what the container was made with, and what it becomes. FailureError with everything that forbids it. */
export async function examine(
  context: FlowContext,
  input: Pick<AdoptInput, 'name' | 'unit'>,
  container: string,
): Promise<Candidate> {
  const { engine, found } = await inspectOne(context, container);
  const formerName = found.Name.replace(/^\//, '');
  const name = input.name ?? formerName.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  const checked = checkName(name);
  const known = (await readCurrentManifest(context.host.files))?.instances ?? [];
  const facts = await (await context.host.engine(engine)).image(imageId(found.Image));
  const failures: readonly Failure[] = [
    ...(checked.ok ? [] : checked.failures),
    ...(known.some((each) => each.name === name)
      ? [
          refusal(
            'NOT_OURS',
            container,
            `gear has a container ${name} already`,
            `gear adopt ${container} --name NAME`,
          ),
        ]
      : []),
    ...(found.Config.Labels?.['gear.name'] === undefined
      ? []
      : [madeByGear(container, found.Config.Labels, known)]),
    ...(found.State.Running && found.State.Pid > 0
      ? []
      : [refusal('NOT_RUNNING', container, `${container} does not run`, `${engine} start ${container}`)]),
    ...(facts === null
      ? [refusal('IMAGE_UNKNOWN', container, `the image of ${container} is gone`, `${engine} image ls`)]
      : []),
  ];
  if (failures.length > 0 || facts === null) throw new FailureError(...failures);
  const { request, leftOut } = adoptedRequest(found, name, facts.config);
  if (!request.ok)
    throw new FailureError(...request.failures.map((each) => ({ ...each, subject: container })));
  const [stated] = request.value;
  if (stated === undefined) throw new Error('one name gives one container');
  const unfit = checkSpec(stated.spec, engine);
  if (unfit.length > 0) throw new FailureError(...unfit);
  const { spec, environment } = stated;
  const instance = resolveInstance({
    ...{ name, app: name, container: name, engine, spec, imageConfig: facts.config, hold: null },
    image: { reference: spec.image, id: facts.id, digest: facts.digests[0] ?? null },
    environmentKeys: Object.keys(environment),
    environmentFile: environmentHash(await context.host.secretKey(), environment),
  });
  const renamed = engine === 'docker' && (spec.networks ?? []).length > 0;
  return {
    instance,
    environment,
    id: found.Id,
    formerName,
    formerRestart: found.HostConfig.RestartPolicy?.Name ?? 'no',
    plan: {
      name,
      engine,
      from: formerName,
      unit: unitName(name),
      formerUnit: input.unit ?? null,
      restarts: engine === 'podman',
      pid: found.State.Pid,
      notes: [
        `${engine} calls it ${containerName(instance)} from now on, not ${formerName}; for gear it is ${name}`,
        ...(engine === 'podman' ? ['it is stopped and made anew: Podman ties a container to its unit'] : []),
        ...(renamed
          ? [`until it is made anew, others on its network reach it by its aliases, not as ${formerName}`]
          : []),
        ...leftOut,
      ],
    },
  };
}

/** Docker: the very container, renamed, becomes the form that the unit attaches to. */
export async function adoptRunning(
  context: FlowContext,
  input: Pick<AdoptInput, 'unit' | 'timeoutMs'>,
  candidate: Candidate,
): Promise<Result<null>> {
  const record = adoptedRecord(candidate.instance, candidate);
  const done = await attempt(async () => {
    await takeName(context, record);
    const changed = await declare(carriedThrough(context), input, candidate);
    if (!changed.ok) throw new FailureError(...changed.failures);
    await settle(context, record);
    if (input.unit !== undefined) {
      await letGoOfClient(context, input.unit);
      await disableUnit(context, input.unit);
    }
    return null;
  });
  if (done.ok) return done;
  await giveBack(context, record);
  return done;
}

/** Podman: the old container ends, the new one has its volumes; the old one goes when the new one runs. */
async function adoptAnew(
  context: FlowContext,
  input: AdoptInput,
  candidate: Candidate,
): Promise<Result<null>> {
  const { id, formerName } = candidate;
  const ask = (what: string, args: readonly string[]): Promise<string> =>
    askEngine(context, 'podman', what, args);
  const changed = await attempt(async () => {
    if (input.unit === undefined) await ask(`stop ${formerName}`, ['stop', id]);
    else await disableUnit(context, input.unit);
    const declared = await declare(carriedThrough(context), input, candidate);
    if (!declared.ok) throw new FailureError(...declared.failures);
  });
  if (!changed.ok) {
    if (input.unit === undefined) await attempt(() => ask(`start ${formerName} again`, ['start', id]));
    else await context.host.run(['systemctl', 'enable', '--now', input.unit]);
    return changed;
  }
  // Gone already, where its unit removed it. Without --volumes, since they hold data.
  await attempt(() => ask(`remove ${formerName}`, ['rm', '--ignore', id]));
  return { ok: true, value: null };
}

async function declare(
  context: FlowContext,
  { timeoutMs }: Pick<AdoptInput, 'timeoutMs'>,
  { instance, environment }: Candidate,
): Promise<Result<unknown>> {
  const { environmentFile } = instance;
  return changeHost(context, {
    names: [instance.name],
    engines: [instance.engine],
    wait: true,
    timeoutMs,
    desire: (observed) =>
      Promise.resolve({
        desired: [...(observed.manifest?.instances ?? []), instance],
        environments: environmentFile === null ? new Map() : new Map([[environmentFile, environment]]),
        wishes: { ...noWishes, touched: new Set([instance.name]) },
      }),
  });
}

/** The way back of what was ejected: its unit goes, and an install of its name finds its volumes. */
function madeByGear(
  container: string,
  labels: Readonly<Record<string, string>>,
  known: readonly Instance[],
): Failure {
  const { 'gear.name': name = '', 'gear.owner': app = '' } = labels;
  const anew = name === app ? `gear install IMAGE ${name}` : `gear apply FILE, the descriptor of ${app}`;
  if (known.some((each) => each.name === name))
    return refusal('NOT_OURS', container, `${container} was made by gear, and is ${name} already`, 'gear ls');
  const unit = unitName(name);
  const files = `${paths.units}/${unit} ${paths.units}/${readyUnitName(name)}`;
  const steps = [systemctl(`disable --now ${unit}`), `rm -f ${files}`, systemctl('daemon-reload')].join('; ');
  return refusal(
    'NOT_OURS',
    container,
    `${container} was made by gear and ejected, and nobody knows any more what was asked for it`,
    `install it anew, which finds its volumes: ${steps}; ${anew}`,
  );
}

/** Podman leaves the algorithm out. */
function imageId(id: string): string {
  return id.startsWith('sha256:') ? id : `sha256:${id}`;
}

function refusal(code: Failure['code'], subject: string, message: string, next: string): Failure {
  return { code, message, next, subject };
}
