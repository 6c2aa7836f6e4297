import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { checkSpec } from '../core/descriptor/apply-change.ts';
import type { ContainerRequest, EngineKind, Environment } from '../core/model/container.ts';
import type { Instance, InstanceSecret } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { resolveInstance } from '../core/model/resolve.ts';
import type { Observed } from '../core/plan/observed.ts';
import { checkEnvironment } from '../core/render/environment-file.ts';
import { noWishes } from '../core/plan/wishes.ts';
import { environmentHash } from '../apply/environment-store.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import { environmentWithSecrets, fileSecretsOf } from './app-secrets.ts';
import { refuseAbsentNetworks } from './absent-networks.ts';
import { findAbsentSources } from './binds.ts';
import { changePrepared } from './change.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine } from './engines.ts';
import { withHostPorts } from './host-ports.ts';
import { findImage, type FoundImage, resolveImage } from './images.ts';
import type { InstallInput } from './inputs.ts';
import { findNotStopped } from './no-start.ts';
import type { Desire } from './planning.ts';
import { refuseOtherPlatform } from './platform.ts';
import { preflight } from './preflight.ts';

interface Chosen {
  readonly request: ContainerRequest;
  readonly engine: EngineKind;
}

interface Prepared extends Chosen {
  readonly found: FoundImage;
  /** The whole of it, values of secrets among them. */
  readonly environment: Environment;
  readonly secrets: readonly InstanceSecret[];
}

/**
 * Installs each container as stated, or updates it in place: images first, while everything runs on; then one change.
 * An unchanged container is not touched, a held one stays stopped.
 */
export async function install(context: FlowContext, input: InstallInput): Promise<Result<ChangeReport>> {
  const chosen = await attempt(async () => {
    await preflight(context);
    const manifest = await readCurrentManifest(context.host.files);
    await refuse(context, input, manifest);
    return chooseEngines(context, input, manifest);
  });
  if (!chosen.ok) return chosen;
  const desiring = async (imageOf: typeof findImage) => {
    const prepared = await prepare(context, chosen.value, (engine, reference) =>
      imageOf(context, engine, reference, input.pull),
    );
    return prepared === null ? null : (observed: Observed) => desire(context, input, prepared, observed);
  };
  return changePrepared(context, {
    names: input.requests.map(nameOf),
    engines: [...new Set(chosen.value.map(({ engine }) => engine))],
    wait: input.wait,
    timeoutMs: input.timeoutMs,
    find: () => desiring(findImage),
    fetch: () => desiring(resolveImage),
  });
}

function nameOf(request: ContainerRequest): string {
  return request.app === request.container ? request.app : `${request.app}.${request.container}`;
}

async function refuse(context: FlowContext, input: InstallInput, manifest: Manifest | null): Promise<void> {
  const absent = await Promise.all(
    input.requests.map((request) => findAbsentSources(context, nameOf(request), request.spec)),
  );
  const running = input.start ? [] : findNotStopped(input.requests.map(nameOf), manifest);
  const unfit = input.requests.flatMap((request) => checkEnvironment(request.environment));
  const failures = [...absent.flat(), ...running, ...unfit];
  if (failures.length > 0) throw new FailureError(...failures);
}

async function chooseEngines(
  context: FlowContext,
  input: InstallInput,
  manifest: Manifest | null,
): Promise<readonly Chosen[]> {
  return Promise.all(
    input.requests.map(async (request) => {
      const engine = await chooseEngine(context, input.engine, manifest, nameOf(request));
      const unfit = checkSpec(request.spec, engine);
      if (unfit.length > 0) throw new FailureError(...unfit);
      await refuseOtherPlatform(context, engine, nameOf(request), request.spec);
      if (input.start) await refuseAbsentNetworks(context, engine, nameOf(request), request.spec);
      return { request, engine };
    }),
  );
}

/** What the containers are made of; each image is asked for once. Null when one of them is null. */
async function prepare(
  context: FlowContext,
  chosen: readonly Chosen[],
  imageOf: (engine: EngineKind, reference: string) => Promise<FoundImage | null>,
): Promise<readonly Prepared[] | null> {
  const images = new Map<string, Promise<FoundImage | null>>();
  const prepared = await Promise.all(
    chosen.map(async ({ request, engine }) => {
      const { image } = request.spec;
      const key = `${engine} ${image}`;
      const asked = images.get(key) ?? imageOf(engine, image);
      images.set(key, asked);
      const [found, environment, secrets] = await Promise.all([
        asked,
        environmentWithSecrets(context, request, nameOf(request)),
        fileSecretsOf(context, request, nameOf(request)),
      ]);
      return found === null ? [] : [{ request, engine, found, environment, secrets }];
    }),
  );
  const whole = prepared.flat();
  return whole.length < chosen.length ? null : whole;
}

async function desire(
  context: FlowContext,
  input: InstallInput,
  prepared: readonly Prepared[],
  observed: Observed,
): Promise<Desire> {
  const key = await context.host.secretKey();
  const before = new Map(observed.manifest?.instances.map((each) => [each.name, each]));
  const specs = await withHostPorts(
    context,
    prepared.map(({ request }) => ({ name: nameOf(request), spec: request.spec })),
    observed.manifest,
  );
  const environments = new Map<string, Environment>();
  const instances = prepared.map(({ request, engine, found, environment, secrets }): Instance => {
    const name = nameOf(request);
    const hash = environmentHash(key, environment);
    if (hash !== null) environments.set(hash, environment);
    const old = before.get(name);
    const fresh = input.start ? null : { by: context.by, atMs: context.clock.nowMs() };
    return resolveInstance({
      name,
      app: request.app,
      container: request.container,
      engine,
      spec: specs.get(name) ?? request.spec,
      image: found.image,
      imageConfig: found.config,
      environmentKeys: Object.keys(environment),
      secretEnvironment: request.secretEnvironment,
      environmentFile: hash,
      ...(secrets.length === 0 ? {} : { secrets }),
      formerly: old?.formerly,
      hold: old === undefined ? fresh : old.hold,
    });
  });
  const names = new Set(instances.map((each) => each.name));
  const others = (observed.manifest?.instances ?? []).filter((each) => !names.has(each.name));
  return { desired: [...others, ...instances], environments, wishes: { ...noWishes, touched: names } };
}
