import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { applyChange, checkSpec } from '../core/descriptor/apply-change.ts';
import type { Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { resolveInstance } from '../core/model/resolve.ts';
import type { Observed } from '../core/plan/observed.ts';
import { checkEnvironment } from '../core/render/environment-file.ts';
import { noWishes } from '../core/plan/wishes.ts';
import { environmentHash, readEnvironment } from '../apply/environment-store.ts';
import type { ChangeReport } from '../report/values.ts';
import { environmentWithSecrets, fileSecretsOf } from './app-secrets.ts';
import { refuseAbsentNetworks } from './absent-networks.ts';
import { findAbsentSources } from './binds.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { withHostPorts } from './host-ports.ts';
import { type FoundImage, resolveImage, restoreImage } from './images.ts';
import type { SetInput } from './inputs.ts';
import { namedInstances } from './names.ts';
import type { Desire } from './planning.ts';
import { refuseOtherPlatform } from './platform.ts';
import { preflight } from './preflight.ts';

/** Changes of the named containers only what is given; everything else stays as it is. */
export async function setContainers(context: FlowContext, input: SetInput): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const { instances } = await namedInstances(context, input.names);
    if (input.spec.image !== undefined) refuseOneImageForAll(input.names, instances);
    const specs = instances.map((each) => ({ ...each, spec: applyChange(each.spec, input) }));
    const absent = await Promise.all(specs.map(({ name, spec }) => findAbsentSources(context, name, spec)));
    const unfit = specs.flatMap(({ name, spec, engine }) =>
      checkSpec(spec, engine).map((failure) => ({ ...failure, subject: name })),
    );
    const failures = [...absent.flat(), ...unfit, ...checkEnvironment(input.environment)];
    if (failures.length > 0) throw new FailureError(...failures);
    await Promise.all(
      specs.map(async ({ name, spec, engine, hold }) => {
        await refuseOtherPlatform(context, engine, name, spec);
        if (hold === null) await refuseAbsentNetworks(context, engine, name, spec);
      }),
    );
    const images = await Promise.all(instances.map((each) => imageOf(context, input, each)));
    return new Map(instances.map((each, index) => [each.name, images[index]]));
  });
  if (!prepared.ok) return prepared;
  return changeHost(context, {
    names: [...prepared.value.keys()],
    engines: [],
    wait: input.wait,
    timeoutMs: input.timeoutMs,
    desire: (observed) => desire(context, input, prepared.value, observed),
  });
}

/** The containers of an app run different images, so that its name alone is never what is meant. */
function refuseOneImageForAll(words: readonly string[], instances: readonly Instance[]): void {
  const failures = words.flatMap((word) => {
    if (instances.some(({ name }) => name === word)) return [];
    const containers = new Set(instances.filter(({ app }) => app === word).map(({ container }) => container));
    if (containers.size < 2) return [];
    const [first = ''] = containers;
    return [
      {
        code: 'USAGE',
        message: `${word} has ${String(containers.size)} containers (${[...containers].join(', ')}), and --image would give all of them the same image`,
        next: `name the one that is meant, such as ${word}.${first}`,
        subject: word,
      } as const,
    ];
  });
  if (failures.length > 0) throw new FailureError(...failures);
}

function imageOf(context: FlowContext, input: SetInput, instance: Instance): Promise<FoundImage> {
  const reference = input.spec.image ?? (input.pull === 'always' ? instance.spec.image : undefined);
  return reference === undefined
    ? restoreImage(context, instance.engine, instance.image)
    : resolveImage(context, instance.engine, reference, input.pull);
}

async function desire(
  context: FlowContext,
  input: SetInput,
  images: ReadonlyMap<string, FoundImage | undefined>,
  observed: Observed,
): Promise<Desire> {
  const key = await context.host.secretKey();
  const environments = new Map<string, Environment>();
  const changed = (observed.manifest?.instances ?? []).filter(({ name }) => images.has(name));
  tellAbsent(context, input, changed);
  const specs = await withHostPorts(
    context,
    changed.map(({ name, spec }) => ({ name, spec: applyChange(spec, input) })),
    observed.manifest,
  );
  const desired = await Promise.all(
    (observed.manifest?.instances ?? []).map(async (instance) => {
      const found = images.get(instance.name);
      if (found === undefined) return instance;
      const environment = await changedEnvironment(context, input, instance);
      const spec = specs.get(instance.name) ?? instance.spec;
      const { secrets: before, ...rest } = instance;
      // What was not asked for keeps the value that it has.
      const secrets =
        input.spec.secrets === undefined && !input.reset.includes('secret')
          ? before
          : await fileSecretsOf(context, { spec }, instance.name);
      const hash = environmentHash(key, environment);
      if (hash !== null) environments.set(hash, environment);
      return resolveInstance({
        ...rest,
        ...(secrets === undefined || secrets.length === 0 ? {} : { secrets }),
        spec,
        image: found.image,
        imageConfig: found.config,
        environmentKeys: Object.keys(environment),
        secretEnvironment: changedSecrets(input, instance),
        environmentFile: hash,
      });
    }),
  );
  return { desired, environments, wishes: { ...noWishes, touched: new Set(images.keys()) } };
}

/** What is to be taken away and is nowhere may be misspelt, or be the image's own. */
function tellAbsent(
  { emit }: FlowContext,
  { names, unsetEnvironment }: SetInput,
  changed: readonly Instance[],
): void {
  for (const key of unsetEnvironment) {
    if (changed.some(({ environmentKeys }) => environmentKeys.includes(key))) continue;
    const message = `no variable ${key} was set for it, so none is taken away`;
    emit({ type: 'warning', subject: names.join(', '), message });
  }
}

async function changedEnvironment(
  context: FlowContext,
  input: SetInput,
  instance: Instance,
): Promise<Environment> {
  const before =
    instance.environmentFile === null
      ? {}
      : await readEnvironment(context.host.files, instance.environmentFile);
  if (before === null) {
    throw new FailureError({
      code: 'FILE_FAILED',
      message: `the environment of ${instance.name} is gone from /etc/gear/files, or damaged`,
      next: `state it whole: gear install ${instance.spec.image} ${instance.name} KEY=VALUE…`,
      subject: instance.name,
    });
  }
  const kept = Object.entries(before).filter(([name]) => !input.unsetEnvironment.includes(name));
  const given = await environmentWithSecrets(context, input, instance.name);
  return { ...Object.fromEntries(kept), ...given };
}

/** Which variables have the value of a secret: those that stay as they are, and those that are given so. */
function changedSecrets(
  { environment, secretEnvironment = {}, unsetEnvironment }: SetInput,
  instance: Instance,
): Readonly<Record<string, string>> {
  const kept = Object.entries(instance.secretEnvironment ?? {}).filter(
    ([key]) => !(key in environment) && !unsetEnvironment.includes(key),
  );
  return { ...Object.fromEntries(kept), ...secretEnvironment };
}
