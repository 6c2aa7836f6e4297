import type { InitStep } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { commandWords, entrypointArguments, labelArguments } from './common-arguments.ts';
import { environmentArguments } from './environment-arguments.ts';
import { gateCommand } from './gates.ts';
import { mountArguments } from './mount-arguments.ts';
import { dockerNetworkArguments, podmanNetworkArguments } from './network-arguments.ts';
import { initOptionArguments } from './option-arguments.ts';
import { sliceName } from './slice.ts';

/** The gates that run the init steps of an instance, in order, with the engine's command. */
export function initGates(instance: Instance, engineCommand: string): readonly (readonly string[])[] {
  return (instance.spec.init ?? []).map((step, at) => {
    const image = instance.initImages?.[at];
    if (image === undefined) throw new Error(`the image of init step ${String(at + 1)} was not resolved`);
    const name = initContainerName(instance.name, at);
    const further = instance.engine === 'docker' ? (instance.spec.networks ?? []).slice(1) : [];
    const networks = further.map((use) => use.name).join(' ');
    const words = initArguments(instance, step, { name, image: image.id });
    const given = [instance.name, name, image.id, image.digest ?? '', networks];
    return gateCommand('init.sh', ...given, engineCommand, ...words);
  });
}

/**
 * Arguments of either engine that make the container of one init step: environment, mounts and networks of the one it
 * precedes, though neither its aliases nor its address. Its output goes to the unit alone.
 */
function initArguments(
  instance: Instance,
  step: InitStep,
  { name, image }: { readonly name: string; readonly image: string },
): readonly string[] {
  const { app, engine, spec } = instance;
  const user = step.user ?? spec.user;
  return [
    ...['create', '--name', name],
    ...labelArguments(instance, 'gear.init=true'),
    ...['--pull=never', '--no-healthcheck', '--log-driver', 'none'],
    ...(user === undefined ? [] : ['--user', user]),
    ...mountArguments(instance),
    ...networkArguments(instance),
    ...initOptionArguments(instance),
    ...environmentArguments(instance),
    ...['--cgroup-parent', sliceName(app)],
    // Podman: the manager's proxy is nobody's business, and readiness is told by the container that follows.
    ...(engine === 'podman' ? ['--http-proxy=false', '--sdnotify=ignore'] : []),
    ...entrypointArguments(step.entrypoint),
    image,
    ...commandWords(step),
  ];
}

function networkArguments({ engine, spec }: Instance): readonly string[] {
  const networks = (spec.networks ?? []).map(({ name }) => ({ name, aliases: [] }));
  const plain = { spec: { ...spec, networks } };
  return engine === 'docker' ? dockerNetworkArguments(plain) : podmanNetworkArguments(plain);
}

function initContainerName(instance: string, at: number): string {
  return `ctr-${instance}.init-${String(at + 1)}`;
}
