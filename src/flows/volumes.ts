import { FailureError } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { nearest } from '../core/model/nearest.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';

/** A volume that an engine has. */
export interface FoundVolume {
  readonly name: string;
  readonly engine: EngineKind;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where the data of a volume is on the host. */
export interface VolumeData {
  readonly path: string;
  /** What is mounted there while a container runs; null: the data is in the folder itself. */
  readonly device: string | null;
}

/** A restore puts data here first, beside the volume's own folder; what is left of it was interrupted. */
export const stagingSuffix = '.gear-restore';
/** What a restore replaces is here until that is in its place. */
export const replacedSuffix = '.gear-replaced';

/** The volume of that name, whosever it is; null when no engine has it. USAGE where both have one. */
export async function findVolume(
  context: FlowContext,
  name: string,
  engine?: EngineKind,
): Promise<FoundVolume | null> {
  const { engines } = await context.host.facts();
  const asked = engine === undefined ? engines : [engine];
  const found = await Promise.all(
    asked.map(async (kind) => {
      const volume = await (await context.host.engine(kind)).volume(name);
      return volume === null ? [] : [{ name, engine: kind, labels: volume.labels }];
    }),
  );
  const [first = null, ...others] = found.flat();
  if (others.length === 0) return first;
  throw new FailureError({
    code: 'USAGE',
    message: `Docker and Podman both have a volume ${quote(name)}`,
    next: 'say which is meant: --engine docker, or --engine podman',
    subject: name,
  });
}

/** The same for one that must be there. VOLUME_UNKNOWN. */
export async function existingVolume(
  context: FlowContext,
  name: string,
  engine?: EngineKind,
): Promise<FoundVolume> {
  const found = await findVolume(context, name, engine);
  if (found !== null) return found;
  const known = (await readCurrentManifest(context.host.files))?.instances ?? [];
  const volumes = known.flatMap(volumesOf);
  const holder = known.find((each) => each.name === name || each.container === name);
  const near = nearest(name, volumes);
  const meant = holder === undefined ? (near === undefined ? [] : [near]) : volumesOf(holder);
  throw new FailureError({
    code: 'VOLUME_UNKNOWN',
    message: `no volume is called ${quote(name)}`,
    next: meant.length === 0 ? 'see what there is: gear volume ls' : `did you mean ${meant.join(' or ')}?`,
    subject: name,
  });
}

/** Where the engine keeps what is in the volume. ENGINE_FAILED; VALUE_INVALID for a driver that keeps it elsewhere. */
export async function volumeData(context: FlowContext, { name, engine }: FoundVolume): Promise<VolumeData> {
  // Without --format: Podman 4.3 knows no `json` there.
  const text = await askEngine(context, engine, `inspect the volume ${name}`, ['volume', 'inspect', name]);
  const found = (JSON.parse(text) as Record<string, unknown>[]).find((each) => each['Name'] === name);
  const { Mountpoint: path, Driver: driver, Options: options } = found ?? {};
  if (driver !== 'local' || typeof path !== 'string' || !path.startsWith('/')) {
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: `the data of the volume ${quote(name)} is kept by the driver ${quote(String(driver))}, not on this host`,
      next: 'use what that driver has for backups',
      subject: name,
    });
  }
  const device = (options as { readonly device?: unknown } | null)?.device;
  return { path, device: typeof device === 'string' ? device : null };
}

/** The running containers that have the volume, whosever they are. */
export async function runningUsers(
  context: FlowContext,
  { name, engine }: FoundVolume,
): Promise<readonly { readonly id: string; readonly name: string; readonly instance: string | null }[]> {
  const ps = ['ps', '--no-trunc', '--filter', `volume=${name}`, '--format', '{{.ID}} {{.Names}}'];
  const text = await askEngine(context, engine, `list containers with the volume ${name}`, ps);
  const lines = text.split('\n').filter((line) => line !== '');
  const owned = lines.length === 0 ? [] : await (await context.host.engine(engine)).owned();
  return lines.map((line) => {
    const [id = '', shown = ''] = line.split(' ');
    const labels = owned.find((each) => each.id === id)?.labels;
    return { id, name: shown, instance: labels?.['gear.name'] ?? null };
  });
}

/** Declared containers that have the volume. */
export function declaredUsers(
  { name, engine }: Pick<FoundVolume, 'name' | 'engine'>,
  known: readonly Instance[],
): readonly string[] {
  return known
    .filter((each) => each.engine === engine && volumesOf(each).includes(name))
    .map((each) => each.name);
}
