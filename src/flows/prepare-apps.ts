import { attempt, type Failure, FailureError } from '../errors/failure.ts';
import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { ContainerRequest, EngineKind, Environment } from '../core/model/container.ts';
import type { InstanceSecret } from '../core/model/instance.ts';
import { instanceName } from '../core/model/instance-name.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { checkEnvironment } from '../core/render/environment-file.ts';
import type { MissingImage } from '../report/values-of-plans.ts';
import { unknownImageId } from '../core/model/image.ts';
import { imageFinder } from './app-images.ts';
import type { AppsInput } from './app-inputs.ts';
import { findMissingResources } from './app-resources.ts';
import { environmentWithSecrets, fileSecretsOf } from './app-secrets.ts';
import { findAbsentSources } from './binds.ts';
import { findUnfit, withoutText } from './app-unfit.ts';
import type { HeldBack } from './change-apps.ts';
import type { FlowContext } from './context.ts';
import { refuseOtherPlatform } from './platform.ts';
import { chooseEngine } from './engines.ts';
import type { FoundImage } from './images.ts';
import type { ImagePolicy } from './inputs.ts';
import { isNamed } from './names.ts';
import { findNotStopped } from './no-start.ts';

/** A container with all that the host had to be asked for. */
export interface PreparedContainer {
  readonly name: string;
  readonly request: ContainerRequest;
  readonly environment: Environment;
  readonly secrets: readonly InstanceSecret[];
  readonly found: FoundImage;
  readonly initImages: readonly FoundImage[];
}

/** An app whose containers can be declared. */
export interface PreparedApp {
  readonly request: AppRequest;
  readonly engine: EngineKind;
  readonly containers: readonly PreparedContainer[];
}

/** The apps that can be declared, and the others with why not. */
export interface PreparedApps {
  readonly apps: readonly PreparedApp[];
  readonly heldBack: HeldBack;
}

/**
 * Asks the host for what each app needs, all side by side: images first of all, for they take longest; secrets, bind
 * sources, external networks. An app that lacks something is held back, with everything that it lacks.
 */
export async function prepareApps(
  context: FlowContext,
  input: AppsInput,
  manifest: Manifest | null,
  policy: ImagePolicy,
): Promise<PreparedApps> {
  const findImage = imageFinder(context, policy, input.images);
  const read = new Map(input.read?.map((each) => [each.request, each]));
  const heldBack = new Map<string, readonly Failure[]>();
  const prepared = await Promise.all(
    input.apps.map(async (request): Promise<readonly PreparedApp[]> => {
      const app = await attempt(() =>
        prepareApp(context, input, read.get(request) ?? withoutText(request), manifest, findImage),
      );
      if (app.ok) return [app.value];
      heldBack.set(request.app, app.failures);
      return [];
    }),
  );
  return { apps: prepared.flat(), heldBack };
}

type FindImage = ReturnType<typeof imageFinder>;

async function prepareApp(
  context: FlowContext,
  input: AppsInput,
  read: ReadApp,
  manifest: Manifest | null,
  findImage: FindImage,
): Promise<PreparedApp> {
  const { request } = read;
  const present = manifest?.instances.find(({ app }) => app === request.app);
  const asked = input.engine ?? request.engine ?? present?.engine;
  const engine = await chooseEngine(context, asked, null, request.app);
  const [unfit, missing, ...containers] = await Promise.all([
    attempt(() => findUnfit(context, read, engine)),
    attempt(() => findMissingResources(context, request, engine, input.takesNetwork)),
    ...request.containers.map((each) => attempt(() => prepareContainer(context, each, engine, findImage))),
  ]);
  const failures = [
    ...(unfit.ok ? unfit.value : unfit.failures),
    ...(missing.ok ? missing.value : missing.failures),
    ...containers.flatMap((each) => (each.ok ? [] : each.failures)),
    ...(input.start ? [] : findNotStopped(meantNames(input, request), manifest)),
  ];
  if (failures.length > 0) throw new FailureError(...unique(failures));
  return { request, engine, containers: containers.flatMap((each) => (each.ok ? [each.value] : [])) };
}

function meantNames({ only }: AppsInput, { containers }: AppRequest): readonly string[] {
  return containers.map(instanceName).filter((name) => only === undefined || isNamed(name, only));
}

/** Ten containers with the same absent image are one mistake. */
function unique(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((failure) => [`${failure.code} ${failure.message}`, failure])).values()];
}

async function prepareContainer(
  context: FlowContext,
  request: ContainerRequest,
  engine: EngineKind,
  findImage: FindImage,
): Promise<PreparedContainer> {
  const name = instanceName(request);
  const { spec } = request;
  await refuseOtherPlatform(context, engine, name, spec);
  const asked = await Promise.all([
    attempt(() => findImage(engine, spec.image)),
    attempt(() => Promise.all((spec.init ?? []).map(({ image }) => findImage(engine, image)))),
    attempt(() => environmentWithSecrets(context, request, name)),
    attempt(() => fileSecretsOf(context, request, name)),
    attempt(() => findAbsentSources(context, name, spec)),
  ]);
  const [found, initImages, environment, secrets, absent] = asked;
  const unfit = environment.ok ? checkEnvironment(environment.value) : [];
  const failures = [
    ...asked.flatMap((each) => (each.ok ? [] : each.failures)),
    ...(absent.ok ? absent.value : []),
    ...unfit.map((failure) => ({ ...failure, subject: name })),
  ];
  if (failures.length > 0 || !found.ok || !initImages.ok || !environment.ok || !secrets.ok) {
    throw new FailureError(...failures);
  }
  return {
    name,
    request,
    environment: environment.value,
    secrets: secrets.value,
    found: found.value,
    initImages: initImages.value,
  };
}

/** The images of an app that the host does not have yet. */
export function imagesToFetch({ engine, containers }: PreparedApp): readonly MissingImage[] {
  const all = containers.flatMap(({ found, initImages }) => [found, ...initImages]);
  const missing = all.filter(({ image }) => image.id === unknownImageId);
  return [...new Set(missing.map(({ image }) => image.reference))].map((image) => ({ engine, image }));
}
