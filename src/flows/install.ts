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
import { findAbsentSources } from './binds.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine } from './engines.ts';
import { withHostPorts } from './host-ports.ts';
import { type FoundImage, resolveImage } from './images.ts';
import type { InstallInput } from './inputs.ts';
import { findNotStopped } from './no-start.ts';
import type { Desire } from './planning.ts';
import { refuseOtherPlatform } from './platform.ts';
import { preflight } from './preflight.ts';

interface Prepared {
  readonly request: ContainerRequest;
  readonly engine: EngineKind;
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
  const prepared = await attempt(async () => {
    await preflight(context);
    const manifest = await readCurrentManifest(context.host.files);
    await refuse(context, input, manifest);
    return prepare(context, input, manifest);
  });
  if (!prepared.ok) return prepared;
  return changeHost(context, {
    names: prepared.value.map((each) => nameOf(each.request)),
    engines: [...new Set(prepared.value.map((each) => each.engine))],
    wait: input.wait,
    timeoutMs: input.timeoutMs,
    desire: (observed) => desire(context, input, prepared.value, observed),
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

async function prepare(
  context: FlowContext,
  input: InstallInput,
  manifest: Manifest | null,
): Promise<readonly Prepared[]> {
  const images = new Map<string, Promise<FoundImage>>();
  return Promise.all(
    input.requests.map(async (request) => {
      const engine = await chooseEngine(context, input.engine, manifest, nameOf(request));
      const unfit = checkSpec(request.spec, engine);
      if (unfit.length > 0) throw new FailureError(...unfit);
      await refuseOtherPlatform(context, engine, nameOf(request), request.spec);
      const { image } = request.spec;
      const key = `${engine} ${image}`;
      const found = images.get(key) ?? resolveImage(context, engine, image, input.pull);
      images.set(key, found);
      const environment = await environmentWithSecrets(context, request, nameOf(request));
      const secrets = await fileSecretsOf(context, request, nameOf(request));
      return { request, engine, found: await found, environment, secrets };
    }),
  );
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
