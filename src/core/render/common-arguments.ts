import type { ContainerSpec } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';

/** What every object of the engine carries that gear made for an instance. */
export function ownerLabels({ app, name }: Pick<Instance, 'app' | 'name'>): Readonly<Record<string, string>> {
  return { 'gear.owner': app, 'gear.name': name };
}

/** The labels of what is made for an instance as words of the engine; `own` is one more, with its value. */
export function labelArguments(instance: Pick<Instance, 'app' | 'name'>, own: string): readonly string[] {
  const words: string[] = [];
  for (const [label, value] of Object.entries(ownerLabels(instance)))
    words.push('--label', `${label}=${value}`);
  words.push('--label', own);
  return words;
}

/** --entrypoint takes one word; the rest of it is the beginning of commandWords. An empty list takes the image's away. */
export function entrypointArguments(entrypoint: readonly string[] | undefined): readonly string[] {
  return entrypoint === undefined ? [] : ['--entrypoint', entrypoint[0] ?? ''];
}

/** What stands after the image. */
export function commandWords({
  entrypoint = [],
  command = [],
}: Pick<ContainerSpec, 'entrypoint' | 'command'>): readonly string[] {
  return [...entrypoint.slice(1), ...command];
}
