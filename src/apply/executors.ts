import { type Failure, FailureError } from '../errors/failure.ts';
import type { EngineKind, Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { generationPath, paths } from '../core/model/paths.ts';
import type { OperationKind, OperationOf } from '../core/plan/operation.ts';
import { createArguments } from '../core/render/engine-arguments.ts';
import { writeData } from './data-store.ts';
import { ejectUnits, eraseState } from './eject.ts';
import { isInherited } from '../core/render/environment-names.ts';
import { eraseEnvironment, readEnvironment, writeEnvironment } from './environment-store.ts';
import { swapGeneration, writeGeneration } from './generation.ts';
import { awaitReady, reloadUnit, startUnit, stopUnit } from './jobs.ts';
import type { Tools } from './tools.ts';

/** One function a kind of operation; a kind without one does not compile. */
export type Executors = {
  readonly [K in OperationKind]: (tools: Tools, operation: OperationOf<K>) => Promise<void>;
};

/** The effects. Each does just what its operation says and is harmless when done twice. */
export const executors: Executors = {
  'file.write': async (tools, { instance, hash }) =>
    writeEnvironment(tools.host.files, hash, await environmentOf(tools, instance)),
  'data.write': async (tools, { instance, hash }) => {
    const content = tools.data.get(hash);
    if (content !== undefined) return writeData(tools.host.files, hash, content);
    throw new FailureError({
      code: 'FILE_FAILED',
      message: `${instance}: the content of one of its files, ${paths.files}/${hash}.data, is gone`,
      next: 'apply its descriptor again: gear apply FILE',
      subject: instance,
    });
  },
  'reload.note': (tools, { instance }) => tools.host.files.write(`${paths.reloads}/${instance}`, '', 0o644),
  'network.ensure': async (tools, { engine, network, app }) => {
    const declared = tools.networks.find((each) => each.engine === engine && each.name === network);
    if (declared === undefined) throw new Error(`no network ${network} of ${app} in this plan`);
    await (await tools.host.engine(engine)).ensureNetwork(declared);
  },
  'image.tag': async ({ host }, { engine, imageId, tag }) => (await host.engine(engine)).tag(imageId, tag),
  'image.note': ({ host }, { instance, imageId }) =>
    host.files.write(`${paths.notes}/${instance}.image`, `${imageId}\n`, 0o644),
  'volume.ensure': async (tools, { engine, volume, instance }) => {
    const { driver, options, labels } = tools.volumes.get(volume) ?? {};
    const made = await (
      await tools.host.engine(engine)
    ).ensureVolume(
      volume,
      { ...labels, ...labelsOf(tools, instance) },
      { ...(driver === undefined ? {} : { driver }), ...(options === undefined ? {} : { options }) },
    );
    if (made) tools.madeVolumes.add(volume);
  },
  'container.create': createContainer,
  'template.write': async (tools, { template }) => {
    const given = tools.templates.find(({ name }) => name === template);
    if (given === undefined) throw new Error(`no template ${template} in this plan`);
    await tools.host.files.write(`${paths.templates}/${template}`, given.text, 0o644);
  },
  'generation.write': (tools, { generation }) => writeGeneration(tools, generation),
  'link.make': (tools, { path, target }) => tools.host.files.link(path, target),
  'link.remove': (tools, { path }) => tools.host.files.remove(path),
  'unit.eject': (tools, { instance }) => ejectUnits(tools, declaredBefore(tools, instance)),
  'generation.swap': (tools, { from, to }) => swapGeneration(tools, from, to),
  'systemd.reload': async (tools, { generation }) => {
    await (await tools.host.systemd()).reload();
    await tools.host.files.write(paths.loaded, `${String(generation)}\n`, 0o644);
  },
  'unit.start': (tools, { unit, instance }) => startUnit(tools, 'start', unit, instance),
  'unit.restart': (tools, { unit, instance }) => startUnit(tools, 'restart', unit, instance),
  'unit.reload': (tools, { unit, instance }) => reloadUnit(tools, unit, instance),
  'unit.stop': async (tools, { unit, instance }) => {
    // Without a mark it would look like a stop by a person, which is respected, to whoever finishes this command. By unit:
    // the timer and the service of one container are stopped side by side.
    await tools.host.files.write(`${paths.stops}/${unit}`, `${String(tools.clock.nowMs())}\n`, 0o644);
    await stopUnit(tools, unit, instance);
  },
  'unit.forget': async (tools, { unit }) => (await tools.host.systemd()).resetFailed(unit),
  'ready.wait': (tools, { unit, instance }) => awaitReady(tools, unit, instance),
  'container.remove': async (tools, { engine, container, instance, id }) => {
    // What the gates noted of it would stay until the next boot. First, because what is without a note is found again by
    // the engine, and a note without its container by nobody.
    if (engine === 'docker') await tools.host.files.remove(`${paths.notes}/${container}`);
    await (await tools.host.engine(engine)).remove(container, instance, id);
  },
  'network.replace': async (tools, { engine, network, app }) => {
    const using = await (await tools.host.engine(engine)).removeNetwork(network, app, { evenIfKept: true });
    if (using.length > 0) throw new FailureError(inUse(app, network, using));
  },
  // What something still uses stays; the next change finds it again.
  'network.remove': async (tools, { engine, network, app }) => {
    await (await tools.host.engine(engine)).removeNetwork(network, app);
  },
  'volume.remove': async (tools, { engine, volume, instance }) =>
    (await tools.host.engine(engine)).removeVolume(volume, instance),
  'image.untag': async (tools, { engine, tag }) => (await tools.host.engine(engine)).untag(tag),
  'generation.erase': (tools, { generation }) => tools.host.files.removeFolder(generationPath(generation)),
  'file.erase': (tools, { hash }) => eraseEnvironment(tools.host.files, hash),
  'data.erase': (tools, { hash, holds }) => tools.host.files.remove(`${paths.files}/${hash}.${holds}`),
  'state.erase': (tools) => eraseState(tools),
};

async function createContainer(
  tools: Tools,
  { engine, instance, container }: { engine: EngineKind; instance: string; container: string },
): Promise<void> {
  const declared = tools.instances.get(instance);
  if (declared === undefined) throw new Error(`no instance ${instance} in this plan`);
  const id = await (
    await tools.host.engine(engine)
  ).create({
    name: container,
    arguments: createArguments(declared),
    // The other names reach it by --env-file: the engine's command would read them itself.
    environment: inheritedOf(await environmentOf(tools, instance)),
    connect: (declared.spec.networks ?? []).slice(1),
  });
  // For the gate create.sh, which then need not ask the engine.
  if (engine === 'docker') {
    await tools.host.files.write(`${paths.notes}/${container}`, `${id} ${neverStarted} ${instance}\n`, 0o644);
  }
}

/** Docker's StartedAt of a container that never ran. */
const neverStarted = '0001-01-01T00:00:00Z';

function inheritedOf(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isInherited(name)));
}

function inUse(app: string, network: string, [user = '']: readonly string[]): Failure {
  return {
    code: 'NETWORK_IN_USE',
    message: `${app}: the network ${network} cannot be made anew while the container ${user} is on it`,
    next: `stop ${user}, or take it off the network; then the same command again`,
    subject: app,
  };
}

function declaredBefore(tools: Tools, name: string): Instance {
  const instance = tools.before?.instances.find((each) => each.name === name);
  if (instance === undefined) throw new Error(`no instance ${name} was declared before`);
  return instance;
}

async function environmentOf(tools: Tools, instance: string): Promise<Environment> {
  const hash = tools.instances.get(instance)?.environmentFile ?? null;
  if (hash === null) return {};
  const environment = tools.environments.get(hash) ?? (await readEnvironment(tools.host.files, hash));
  if (environment !== null) return environment;
  throw new FailureError({
    code: 'FILE_FAILED',
    message: `${instance}: its environment ${paths.files}/${hash}.json is gone, or damaged`,
    next: `state it again: gear install IMAGE ${instance} KEY=VALUE…`,
    subject: instance,
  });
}

function labelsOf(tools: Tools, name: string): Readonly<Record<string, string>> {
  return { 'gear.owner': tools.instances.get(name)?.app ?? name, 'gear.name': name };
}
