import { lose, type Native, type Writing } from '../foreign/foreign-writer.ts';

/** A pod while a container is written into it. */
export interface PodWriting {
  readonly writing: Writing;
  /** The container in the pod's spec. */
  readonly container: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  readonly labels: Record<string, unknown>;
  /** Objects beside the workload, by kind and name. */
  readonly objects: Map<string, Native>;
}

/** A name as objects have them (RFC 1123): lower case, digits and dashes. */
export function kubeName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** A text as it means itself: variables are written `$$` in descriptors, and `$(` is a reference in manifests. */
export function plain(text: string): string {
  return text.replaceAll('$$', '$').replaceAll('$(', '$$(');
}

/** Whole seconds of `1m30s`, rounded up; undefined for what is no duration. */
export function secondsOf(text: string): number | undefined {
  const found = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/.exec(text);
  if (found === null || text === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', milliseconds = '0'] = found;
  return Math.ceil(
    Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(milliseconds) / 1000,
  );
}

/** `512m` as a quantity: 512Mi. */
export function quantityOf(text: string): string {
  const [, amount = text, unit = ''] = /^([\d.]+)([bkmg]?)b?$/i.exec(text) ?? [];
  return `${amount}${{ k: 'Ki', m: 'Mi', g: 'Gi' }[unit.toLowerCase()] ?? ''}`;
}

/** Adds a volume to the pod, once, and mounts it. */
export function mountVolume(
  { spec, container }: PodWriting,
  name: string,
  source: Native,
  mount: Native,
): void {
  const volumes = (spec['volumes'] ?? []) as readonly Native[];
  if (!volumes.some((each) => each['name'] === name)) spec['volumes'] = [...volumes, { name, ...source }];
  const mounts = (container['volumeMounts'] ?? []) as readonly Native[];
  container['volumeMounts'] = [...mounts, { name, ...mount }];
}

/** Sets a part of a map of the container or pod. */
export function part(into: Record<string, unknown>, key: string, more: Native): void {
  into[key] = { ...((into[key] ?? {}) as Native), ...more };
}

/** Tells of a mount whose options manifests have no word for. */
export function loseOptions(writing: Writing, key: string, options: readonly string[]): void {
  if (options.length > 0) lose(writing, key, `${options.join(',')} is left out`);
}
