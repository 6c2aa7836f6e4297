import type { Instance } from '../model/instance.ts';
import { shortId } from '../model/keep-tag.ts';
import type { Manifest } from '../model/manifest.ts';
import { imagesOf } from './form.ts';

/** What of the host a set of instances needs beside its units: hashes of files, and images as `ENGINE SHORT-ID`. */
export interface Needs {
  readonly environments: ReadonlySet<string>;
  readonly data: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
}

/** The same for a generation that is kept to go back to. */
export interface GenerationNeeds extends Needs {
  readonly generation: number;
}

/** What the instances need. */
export function needsOf(instances: readonly Instance[]): Needs {
  const environments = new Set<string>();
  const data = new Set<string>();
  const secrets = new Set<string>();
  const images = new Set<string>();
  for (const instance of instances) {
    if (instance.environmentFile !== null) environments.add(instance.environmentFile);
    for (const { hash } of instance.files ?? []) data.add(hash);
    for (const { hash } of instance.secrets ?? []) secrets.add(hash);
    for (const { id } of imagesOf(instance)) images.add(`${instance.engine} ${shortId(id)}`);
  }
  return { environments, data, secrets, images };
}

/** What a generation needs. */
export function needsOfGeneration({
  generation,
  instances,
}: Pick<Manifest, 'generation' | 'instances'>): GenerationNeeds {
  return { generation, ...needsOf(instances) };
}
