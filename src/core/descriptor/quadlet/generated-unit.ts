/** A unit as Quadlet's generator wrote it. */
export interface GeneratedUnit {
  /** web.service; of a template web@.service. */
  readonly unit: string;
  /** The file that it was made from, without its folder: web.container. */
  readonly file: string;
}

/** Reads which file of the folder a unit was generated from (systemd.unit(5), SourcePath=); null: none of them. */
export function generatedUnit(unit: string, text: string, folder: string): GeneratedUnit | null {
  const [, source = ''] = /^SourcePath=(.+)$/m.exec(text) ?? [];
  const prefix = `${folder.replace(/\/+$/, '')}/`;
  if (!source.startsWith(prefix)) return null;
  const file = source.slice(prefix.length);
  return file.includes('/') ? null : { unit, file };
}

/** Whether the unit of a file runs something, and is no network, volume, image or build. */
export function runsSomething(file: string): boolean {
  return /\.(container|pod|kube)$/.test(file);
}
