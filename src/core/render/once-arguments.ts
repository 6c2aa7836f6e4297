import type { Instance } from '../model/instance.ts';
import { commandWords, entrypointArguments } from './common-arguments.ts';
import { environmentArguments } from './environment-arguments.ts';
import { givenMountArguments } from './mount-arguments.ts';
import { dockerNetworkArguments, podmanNetworkArguments } from './network-arguments.ts';
import { limitArguments, portArguments } from './engine-arguments.ts';
import { listValue, optionArguments } from './option-arguments.ts';
import { sliceName } from './slice.ts';

interface OnceOptions {
  readonly container: string;
  /** The file of what the engine's command would read itself; null where there is none. */
  readonly environmentFile: string | null;
  /** Its streams are a terminal. */
  readonly terminal: boolean;
}

/**
 * Engine arguments that create a container which runs once and is then gone; the first is `create`. It has no label of
 * an instance: no generation declares it, and none of gear's commands is to take it for a leftover.
 */
export function onceArguments(
  instance: Instance,
  { container, environmentFile, terminal }: OnceOptions,
): readonly string[] {
  const { engine, spec, image } = instance;
  const slice = listValue(spec.options, 'cgroup-parent')[0] ?? sliceName(instance.app);
  return [
    ...['create', '--name', container, '--rm', '--interactive', ...(terminal ? ['--tty'] : [])],
    ...['--label', `gear.run=${instance.name}`, '--pull=never', '--no-healthcheck'],
    ...portArguments(instance),
    ...givenMountArguments(instance),
    ...limitArguments(instance),
    ...environmentArguments(instance),
    ...(environmentFile === null ? [] : ['--env-file', environmentFile]),
    ...optionArguments(instance),
    ...(engine === 'docker'
      ? [...dockerNetworkArguments(instance), '--cgroup-parent', slice]
      : [...podmanNetworkArguments(instance), '--cgroups=split', '--sdnotify=ignore', '--http-proxy=false']),
    ...['--log-driver', listValue(spec.options, 'log-driver')[0] ?? 'none'],
    ...listValue(spec.options, 'log-opt').flatMap((option) => ['--log-opt', option]),
    ...entrypointArguments(spec.entrypoint),
    image.id,
    ...commandWords(spec),
  ];
}
