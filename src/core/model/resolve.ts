import type { ContainerSpec, EngineKind, HealthCheck } from './container.ts';
import { hashOf } from './hash.ts';
import type { ImageConfig } from './image.ts';
import { isOneShot } from './one-shot.ts';
import type { Hold, Instance, InstanceFile, InstanceSecret, OwnedVolume, ResolvedImage } from './instance.ts';

/** Docker's defaults for what neither the user nor the image says (Dockerfile reference, HEALTHCHECK). */
const healthDefaults = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3, startPeriodMs: 0 } as const;

interface ResolveInput {
  readonly name: string;
  readonly app: string;
  readonly container: string;
  readonly engine: EngineKind;
  readonly spec: ContainerSpec;
  readonly image: ResolvedImage;
  readonly imageConfig: ImageConfig;
  readonly environmentKeys: readonly string[];
  readonly secretEnvironment?: Readonly<Record<string, string>> | undefined;
  readonly environmentFile: string | null;
  readonly files?: readonly InstanceFile[];
  readonly secrets?: readonly InstanceSecret[];
  readonly initImages?: readonly ResolvedImage[];
  readonly formerly?: string | undefined;
  readonly hold: Hold | null;
}

/** Everything of an instance that follows from the container, the image and its files; the hash covers all of it. */
export function resolveInstance(input: ResolveInput): Instance {
  const { formerly } = input;
  const ownedVolumes = ownVolumes(formerly ?? input.name, input.spec, input.imageConfig.volumes);
  const check = resolveCheck(input.spec, input.imageConfig.health);
  const { engine, spec, image, environmentFile, secrets, initImages } = input;
  // Files that can be reread in place do not make another container.
  const files = spec.reload === undefined ? input.files : undefined;
  const meaning = meaningOf(spec);
  return {
    name: input.name,
    app: input.app,
    container: input.container,
    engine,
    spec,
    image,
    environmentKeys: input.environmentKeys.toSorted(),
    ...secretVariables(input),
    environmentFile,
    ...(input.files === undefined ? {} : { files: input.files }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(initImages === undefined ? {} : { initImages }),
    ownedVolumes,
    ...(formerly === undefined || formerly === input.name ? {} : { formerly }),
    check,
    hold: input.hold,
    hash: hashOf({
      name: input.name,
      engine,
      spec: meaning,
      image: image.id,
      environmentFile,
      ownedVolumes,
      files: files?.map(({ hash }) => hash),
      secrets: secrets?.map(({ hash }) => hash),
      initImages: initImages?.map(({ id }) => id),
    }),
  };
}

/** Not hashed: the values are part of the environment, wherever they are from. */
function secretVariables({ secretEnvironment }: ResolveInput): Pick<Instance, 'secretEnvironment'> {
  if (secretEnvironment === undefined) return {};
  const entries = Object.entries(secretEnvironment).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? {} : { secretEnvironment: Object.fromEntries(entries) };
}

/** What only systemd acts on, and the name under which the image was asked for: no part of a running container. */
const besideTheContainer: ReadonlySet<string> = new Set<keyof ContainerSpec>([
  ...(['after', 'requires', 'before', 'wants', 'partOf', 'conflicts', 'directives'] as const),
  ...(['restart', 'restartDelay', 'schedule', 'reload', 'image'] as const),
]);

/** What of a spec makes a container another one when it changes. */
export function meaningOf(spec: ContainerSpec): Readonly<Record<string, unknown>> {
  const meaning: Record<string, unknown> = {};
  for (const key of Object.keys(spec) as (keyof ContainerSpec)[])
    if (!besideTheContainer.has(key)) meaning[key] = spec[key];
  return meaning;
}

/**
 * The check that is run: the user's words first, then the image's, then Docker's defaults; null when there is none, and
 * for what runs to its end, of which success is what counts.
 */
function resolveCheck(spec: ContainerSpec, image: ImageConfig['health']): HealthCheck | null {
  const given = spec.health;
  if (given?.disabled === true || isOneShot(spec)) return null;
  const command = given?.command ?? imageCommand(image);
  if (command === null) return null;
  return {
    command,
    intervalMs: given?.intervalMs ?? (image?.intervalMs || healthDefaults.intervalMs),
    timeoutMs: given?.timeoutMs ?? (image?.timeoutMs || healthDefaults.timeoutMs),
    retries: given?.retries ?? (image?.retries || healthDefaults.retries),
    startPeriodMs: given?.startPeriodMs ?? (image?.startPeriodMs || healthDefaults.startPeriodMs),
  };
}

function imageCommand(image: ImageConfig['health']): readonly string[] | null {
  const [kind, ...rest] = image?.test ?? [];
  if (kind === 'CMD') return rest;
  if (kind === 'CMD-SHELL') return ['/bin/sh', '-c', rest.join(' ')];
  return null;
}

/**
 * A named volume for each VOLUME that nothing else is mounted on: an anonymous one would be lost with its container.
 * The name follows from instance and path alone, so that a later install of the same name finds the data; a renamed
 * instance keeps to the name that it had.
 */
function ownVolumes(name: string, spec: ContainerSpec, declared: readonly string[]): readonly OwnedVolume[] {
  if (declared.length === 0) return [];
  const mounted = [...spec.mounts, ...(spec.tmpfs ?? [])];
  const mapped = new Set(mounted.map((mount) => trimSlash(mount.target)));
  return [...new Set(declared.map(trimSlash))]
    .filter((target) => !mapped.has(target))
    .toSorted()
    .map((target) => ({ name: `ctr-${name}.${slug(target)}`, target }));
}

function trimSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

function slug(path: string): string {
  const plain = path.slice(1).replaceAll('/', '-');
  const reversible = /^[a-zA-Z0-9_.]+(\/[a-zA-Z0-9_.]+)*$/.test(path.slice(1)) && plain !== '';
  return reversible
    ? plain
    : `${plain.replaceAll(/[^a-zA-Z0-9_.-]/g, '_') || 'root'}-${hashOf(path).slice(0, 6)}`;
}
