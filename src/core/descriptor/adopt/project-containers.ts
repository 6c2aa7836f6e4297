import type { Instance } from '../../model/instance.ts';
import { containerName } from '../compose/project-name.ts';

/** What Compose writes on what it makes; podman-compose writes the same under its own name too. */
const prefixes = ['com.docker.compose', 'io.podman.compose'] as const;

interface Labelled {
  readonly name: string;
  readonly running: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** A container that Compose made for a service. */
export interface ServiceContainer<T> {
  readonly container: T;
  readonly service: string;
  readonly number: number;
}

/** The project that Compose made something for; undefined for what it did not make. */
export function projectOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labelOf(labels, 'project');
}

/** The containers of a project's services; those of `compose run` are none. */
export function serviceContainers<T extends Labelled>(
  project: string,
  containers: readonly T[],
): readonly ServiceContainer<T>[] {
  return containers.flatMap((container) => {
    const { labels } = container;
    const service = labelOf(labels, 'service');
    const isOnce = labelOf(labels, 'oneoff')?.toLowerCase() === 'true';
    if (projectOf(labels) !== project || service === undefined || isOnce) return [];
    return [{ container, service, number: Number(labelOf(labels, 'container-number') ?? 1) }];
  });
}

/** Which containers become which instances, which instances run in none, and which containers are no service of the file. */
export interface Paired<T> {
  readonly pairs: readonly { readonly instance: Instance; readonly container: T }[];
  readonly missing: readonly Instance[];
  readonly others: readonly T[];
}

/** Copies of a service are paired in their order: the first with container number 1. */
export function pairServices<T>(
  instances: readonly Instance[],
  services: readonly ServiceContainer<T>[],
): Paired<T> {
  const left = new Map<string, ServiceContainer<T>[]>();
  for (const each of services.toSorted((a, b) => a.number - b.number)) {
    const key = containerName(each.service);
    left.set(key, [...(left.get(key) ?? []), each]);
  }
  const pairs: { instance: Instance; container: T }[] = [];
  const missing: Instance[] = [];
  for (const instance of instances) {
    const next = left.get(instance.container)?.shift();
    if (next === undefined) missing.push(instance);
    else pairs.push({ instance, container: next.container });
  }
  return { pairs, missing, others: [...left.values()].flat().map(({ container }) => container) };
}

function labelOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return prefixes.map((prefix) => labels[`${prefix}.${key}`]).find((value) => value !== undefined);
}
