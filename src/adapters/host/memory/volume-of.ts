import type { EngineVolume, VolumeOptions } from '../../../ports/engine.ts';

export type Labels = Readonly<Record<string, string>>;

/** A volume as an engine tells it, from what it was made with; null when it was not made. */
export function volumeOf(
  name: string,
  labels: Labels | undefined,
  { driver = 'local', options = {} }: VolumeOptions = {},
): EngineVolume | null {
  return labels === undefined ? null : { name, folder: `/volumes/${name}`, driver, options, labels };
}
