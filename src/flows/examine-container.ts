import { environmentHash } from '../apply/environment-store.ts';
import { checkSpec } from '../core/descriptor/apply-change.ts';
import { adoptedRequest } from '../core/descriptor/adopt/adopted-request.ts';
import type { InspectedContainer } from '../core/descriptor/adopt/inspected.ts';
import type { AdoptedRecord } from '../core/model/adopted.ts';
import { containerName } from '../core/model/container-name.ts';
import type { EngineKind, Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { checkName } from '../core/model/names.ts';
import { paths } from '../core/model/paths.ts';
import { resolveInstance } from '../core/model/resolve.ts';
import { systemctl } from '../core/model/systemctl.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import { type Failure, FailureError } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { AdoptedContainer } from '../report/values-of-adoption.ts';
import type { FlowContext } from './context.ts';
import { findAdoption } from './find-adoption.ts';
import { inspectIn, inspectOne } from './inspect-one.ts';

/** What a container becomes. */
export interface AdoptedAs {
  /** The name that it gets; only with one container. Absent: that of an adoption which was begun, else its own. */
  readonly name?: string;
  /** The unit that runs it at present; only with one container. */
  readonly unit?: string;
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
 * Reads what the container was made with, and what it becomes; `key` is that of the host. FailureError with everything
 * that forbids it.
 */
export async function examine(
  context: FlowContext,
  input: AdoptedAs,
  { container, key }: { readonly container: string; readonly key: Uint8Array },
): Promise<Candidate> {
  const { engine, found, called, begun } = await inspectFormer(context, container);
  const formerName = found.Name.replace(/^\//, '');
  const name = input.name ?? begun?.name ?? formerName.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  const checked = checkName(name);
  const known = (await readCurrentManifest(context.host.files))?.instances ?? [];
  const isKnown = known.some((each) => each.name === name);
  const facts = await (await context.host.engine(engine)).image(imageId(found.Image));
  const failures: readonly Failure[] = [
    ...(checked.ok ? [] : checked.failures),
    ...(isKnown && begun?.name !== name
      ? [
          refusal(
            'NOT_OURS',
            container,
            `gear has a container ${name} already`,
            `gear adopt ${container} --name NAME`,
          ),
        ]
      : []),
    ...(begun !== undefined && begun.name !== name && known.some((each) => each.name === begun.name)
      ? [
          refusal(
            'NOT_OURS',
            container,
            `${container} is declared as ${begun.name} already, by an adoption that was cut off`,
            `gear adopt ${container} --name ${begun.name}`,
          ),
        ]
      : []),
    ...(found.Config.Labels?.['gear.name'] === undefined
      ? []
      : [madeByGear(container, found.Config.Labels, known)]),
    ...(found.State.Running && found.State.Pid > 0
      ? []
      : [refusal('NOT_RUNNING', container, `${container} does not run`, `${engine} start ${called}`)]),
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
    environmentFile: environmentHash(key, environment),
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

/** A container as it was before gear, also where an adoption was begun and killed, and what the engine calls it now. */
interface Former {
  readonly engine: EngineKind;
  readonly found: InspectedContainer;
  readonly called: string;
  readonly begun?: AdoptedRecord;
}

async function inspectFormer(context: FlowContext, container: string): Promise<Former> {
  const adoption = await findAdoption(context, container);
  if (adoption === null) return { ...(await inspectOne(context, container)), called: container };
  const {
    record: begun,
    container: { name: called },
  } = adoption;
  const { engine, id, formerName, formerRestart } = begun;
  if (begun.settled)
    throw new FailureError(
      refusal(
        'NOT_OURS',
        container,
        `gear has adopted ${container} already, as ${begun.name}`,
        `gear status ${begun.name}`,
      ),
    );
  const found = await inspectIn(context, engine, id);
  const HostConfig = { ...found.HostConfig, RestartPolicy: { Name: formerRestart } };
  return { engine, called, begun, found: { ...found, Name: `/${formerName}`, HostConfig } };
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
