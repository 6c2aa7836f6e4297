import { attempt, FailureError, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { RestoreReport } from '../report/values-of-volumes.ts';
import type { FlowContext } from './context.ts';
import { locked, writingAlone } from './locked.ts';
import { preflight } from './preflight.ts';
import { tarFailed } from './volume-backup.ts';
import type { ArchiveOrigin } from '../core/model/volume-archive.ts';
import { type ByteDigest, type Bytes, openArchive } from './volume-stream.ts';
import {
  findVolume,
  type FoundVolume,
  replacedSuffix,
  runningUsers,
  stagingSuffix,
  volumeData,
} from './volumes.ts';

/** `gear volume restore`. */
export interface RestoreInput {
  readonly volume: string;
  readonly engine?: EngineKind;
  /** As messages call it. */
  readonly file: string;
  readonly source: Bytes;
  readonly digest: ByteDigest;
  /** Also where the volume has data. */
  readonly force: boolean;
}

const tarExtract = [
  ...['tar', '--extract', '--file=-', '--numeric-owner', '--same-owner', '--same-permissions'],
  ...['--acls', '--xattrs', '--xattrs-include=*', '--delay-directory-restore'],
];

/**
 * Makes a volume have what an archive has. All of it comes beside the volume's data first and is checked; then one rename
 * puts it in its place, so the data is the old or the new. What an interrupted restore left is found and begun anew.
 */
export async function restoreVolume(
  context: FlowContext,
  input: RestoreInput,
): Promise<Result<RestoreReport>> {
  return attempt(async () => {
    await preflight(context);
    const archive = await openArchive(input.source, input.file, input.digest);
    const before = await findVolume(context, input.volume, input.engine);
    const volume = before ?? (await makeVolume(context, input, archive.origin));
    const path = await dataFolder(context, volume);
    await writingAlone(context, `${volume.engine}-${volume.name}`, async (alone) => {
      await mendInterrupted(alone, volume, path);
      await expectFree(alone, volume, path, input.force);
      const startedMs = context.clock.passedMs();
      const event = { type: 'operation', kind: 'volume.restore', subject: volume.name, reason: '' } as const;
      context.emit({ ...event, phase: 'started' });
      const done = await attempt(() => replaceData(alone, volume, path, archive.tar, input.force));
      // Who lost the lock has left what is there to another.
      const isOurs = context.signal.aborted || !alone.signal.aborted;
      if (!done.ok && isOurs) await command(alone, volume, ['rm', '-rf', '--', `${path}${stagingSuffix}`]);
      context.emit({
        ...event,
        phase: done.ok ? 'done' : 'failed',
        elapsedMs: context.clock.passedMs() - startedMs,
      });
      if (!done.ok) throw new FailureError(...done.failures);
    });
    return {
      volume: volume.name,
      engine: volume.engine,
      made: before === null,
      verified: archive.origin !== null,
    };
  });
}

/** With the engine that is asked for, or the one that the archive came from, or the one that the host has. */
async function makeVolume(
  context: FlowContext,
  { volume: name, engine: asked }: RestoreInput,
  origin: ArchiveOrigin | null,
): Promise<FoundVolume> {
  const { engines } = await context.host.facts();
  const engine = asked ?? engines.find((kind) => kind === origin?.engine) ?? engines[0] ?? 'docker';
  const labels = origin?.labels ?? {};
  await (await context.host.engine(engine)).ensureVolume(name, labels);
  context.onEffect?.();
  return { name, engine, labels };
}

async function dataFolder(context: FlowContext, volume: FoundVolume): Promise<string> {
  const { path, device } = await volumeData(context, volume);
  if (device === null) return path;
  throw new FailureError({
    code: 'VALUE_INVALID',
    message: `the data of the volume ${volume.name} is on ${device}, not in a folder of the engine`,
    next: `mount ${device} and unpack the archive there: tar -x --numeric-owner --xattrs -C FOLDER -f FILE`,
    subject: volume.name,
  });
}

/** A restore that did not come to its end left what it had unpacked, or, between two renames, the data that it replaces. */
async function mendInterrupted(context: FlowContext, volume: FoundVolume, path: string): Promise<void> {
  const { files } = context.host;
  const [staged, replaced, there] = await Promise.all(
    [`${path}${stagingSuffix}`, `${path}${replacedSuffix}`, path].map((each) => files.exists(each)),
  );
  if (staged !== true && replaced !== true) return;
  const message = 'an earlier restore was interrupted; it is begun anew';
  context.emit({ type: 'notice', subject: volume.name, message });
  if (replaced === true && there !== true)
    await command(context, volume, ['mv', '-T', '--', `${path}${replacedSuffix}`, path]);
  await command(context, volume, [
    ...['rm', '-rf', '--', `${path}${stagingSuffix}`],
    ...(there === true ? [`${path}${replacedSuffix}`] : []),
  ]);
}

async function expectFree(
  context: FlowContext,
  volume: FoundVolume,
  path: string,
  force: boolean,
): Promise<void> {
  const users = await runningUsers(context, volume);
  const [first] = users;
  if (first !== undefined) {
    const names = users.map((each) => each.instance ?? each.name).join(' ');
    throw new FailureError({
      code: 'VOLUME_IN_USE',
      message: `the volume ${volume.name} is in use by what runs: ${names}`,
      next:
        first.instance === null
          ? `${volume.engine} stop ${names}`
          : `gear stop ${names}; after the restore: gear start ${names}`,
      subject: volume.name,
    });
  }
  if (force || (await context.host.files.list(path)).length === 0) return;
  throw new FailureError({
    code: 'VOLUME_NOT_EMPTY',
    message: `the volume ${volume.name} has data, which a restore would replace`,
    next: `save it first: gear volume backup ${volume.name} FILE; then add --force`,
    subject: volume.name,
  });
}

/** Unpacks beside the data for as long as that takes; nothing starts while it takes its place. */
async function replaceData(
  context: FlowContext,
  volume: FoundVolume,
  path: string,
  tar: Bytes,
  force: boolean,
): Promise<void> {
  const staging = `${path}${stagingSuffix}`;
  await extract(context, volume, staging, tar);
  await locked(context, async (inside) => {
    await expectFree(inside, volume, path, force);
    await putInPlace(inside, volume, path, staging);
  });
}

async function extract(
  context: FlowContext,
  volume: FoundVolume,
  staging: string,
  tar: Bytes,
): Promise<void> {
  await command(context, volume, ['mkdir', '-m', '0700', '--', staging]);
  context.onEffect?.();
  const { status, stderr } = await context.host.pipe([...tarExtract, '--directory', staging], {
    input: tar,
    signal: context.signal,
  });
  if (status !== 0) throw tarFailed(volume.name, 'written', stderr);
  await command(context, volume, ['sync', '--file-system', staging]);
  context.onEffect?.();
}

/** rename(2) replaces an empty folder in one step; one with data is moved aside first. */
async function putInPlace(
  context: FlowContext,
  volume: FoundVolume,
  path: string,
  staging: string,
): Promise<void> {
  const replaced = `${path}${replacedSuffix}`;
  const full = (await context.host.files.list(path)).length > 0;
  if (full) {
    await command(context, volume, ['mv', '-T', '--', path, replaced]);
    context.onEffect?.();
  }
  const placed = await attempt(() => command(context, volume, ['mv', '-T', '--', staging, path]));
  if (!placed.ok) {
    if (full) await command(context, volume, ['mv', '-T', '--', replaced, path]);
    throw new FailureError(...placed.failures);
  }
  context.onEffect?.();
  if (full) await command(context, volume, ['rm', '-rf', '--', replaced]);
}

async function command(context: FlowContext, volume: FoundVolume, argv: readonly string[]): Promise<void> {
  const { status, stderr } = await context.host.run(argv);
  if (status === 0) return;
  throw new FailureError({
    code: 'VOLUME_FAILED',
    message: `the volume ${volume.name} could not be written: ${stderr.trim()}`,
    next: 'mend that, and run the same command again',
    subject: volume.name,
  });
}
