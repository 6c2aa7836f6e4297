import { attempt, FailureError, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { archiveSeal } from '../core/model/volume-archive.ts';
import type { BackupReport } from '../report/values-of-volumes.ts';
import type { FlowContext } from './context.ts';
import { engineLine } from './engine-command.ts';
import { preflight } from './preflight.ts';
import { archiveWriter, type ByteDigest, type Bytes } from './volume-stream.ts';
import { existingVolume, type FoundVolume, runningUsers, volumeData } from './volumes.ts';

/** Where an archive goes to. Nothing is there before `finish`. */
export interface ByteSink {
  write(bytes: Bytes): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** `gear volume backup`. */
export interface BackupInput {
  readonly volume: string;
  readonly engine?: EngineKind;
  /** As it is called in the report: a path, or `-`. */
  readonly file: string;
  readonly sink: ByteSink;
  readonly digest: ByteDigest;
  /** Commands in a container, which stop what writes, and let it go on. */
  readonly freeze?: readonly string[];
  readonly thaw?: readonly string[];
  /** The container of these; absent: the one that has the volume. */
  readonly within?: string;
}

/** Owners as numbers, attributes and access lists as they are; labels of SELinux belong to the place, not to the data. */
const tarCreate = [
  ...['tar', '--create', '--file=-', '--format=posix', '--numeric-owner', '--sort=name', '--sparse'],
  ...['--acls', '--xattrs', '--xattrs-include=*', '--xattrs-exclude=security.selinux'],
  ...['--pax-option=delete=atime,delete=ctime'],
];

/** GNU tar: files changed while they were read. */
const tarChanged = 1;

/** Copies what is in a volume into an archive with a checksum, on whichever side of a connection. The volume stays as it is. */
export async function backupVolume(context: FlowContext, input: BackupInput): Promise<Result<BackupReport>> {
  return attempt(async () => {
    await preflight(context);
    const volume = await existingVolume(context, input.volume, input.engine);
    const { path, device } = await volumeData(context, volume);
    if (device !== null) await expectMounted(context, volume, path, device);
    const frozen = await freeze(context, volume, input);
    const startedMs = context.clock.passedMs();
    const event = { type: 'operation', kind: 'volume.backup', subject: volume.name, reason: '' } as const;
    context.emit({ ...event, phase: 'started' });
    const told = await attempt(() => copyOut(context, volume, path, input)).finally(() => frozen?.());
    context.emit({
      ...event,
      phase: told.ok ? 'done' : 'failed',
      elapsedMs: context.clock.passedMs() - startedMs,
    });
    if (!told.ok) throw new FailureError(...told.failures);
    const { file, bytes, sha256 } = told.value;
    if (file === '-')
      context.emit({
        type: 'notice',
        subject: volume.name,
        message: `saved, ${String(bytes)} bytes, sha256 ${sha256}`,
      });
    return told.value;
  });
}

async function copyOut(
  context: FlowContext,
  volume: FoundVolume,
  path: string,
  { sink, digest, file }: BackupInput,
): Promise<BackupReport> {
  const labels = ['gear.name', 'gear.owner'].flatMap((key) => {
    const value = volume.labels[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  const origin = { volume: volume.name, engine: volume.engine, labels: Object.fromEntries(labels) };
  const writer = archiveWriter(origin, digest);
  try {
    const { status, stderr } = await context.host.pipe([...tarCreate, '--directory', path, '.'], {
      output: (bytes) => sink.write(writer.body(bytes)),
      signal: context.signal,
    });
    if (status > tarChanged) throw tarFailed(volume.name, 'read', stderr);
    const seal = writer.seal();
    await sink.write(once(archiveSeal(seal)));
    await sink.finish();
    const { name, engine } = volume;
    return { volume: name, engine, file, ...seal, warnings: status === 0 ? [] : warningsOf(stderr) };
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** tar's own words, without its name. */
export function tarFailed(volume: string, what: 'read' | 'written', stderr: string): FailureError {
  const [said = 'tar said nothing'] = stderr
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\/usr\/bin\/|\/bin\/)?tar: /, ''))
    .filter((line) => line !== '');
  return new FailureError({
    code: 'VOLUME_FAILED',
    message: `the volume ${volume} could not be ${what}: ${said}`,
    next: /not found|unrecognized option|invalid option/.test(stderr)
      ? 'install GNU tar on that host'
      : 'mend that, and run the same command again',
    subject: volume,
  });
}

const warningsKept = 5;

function warningsOf(stderr: string): readonly string[] {
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  const more = lines.length - warningsKept;
  return [...lines.slice(0, warningsKept), ...(more > 0 ? [`and ${String(more)} more`] : [])];
}

async function expectMounted(
  context: FlowContext,
  { name }: FoundVolume,
  path: string,
  device: string,
): Promise<void> {
  const { status } = await context.host.run(['mountpoint', '-q', path]);
  if (status === 0) return;
  throw new FailureError({
    code: 'VOLUME_FAILED',
    message: `the volume ${name} is on ${device}, which is mounted only while a container has it`,
    next: 'start a container that uses it, then run the same command again',
    subject: name,
  });
}

/**
 * Runs the freeze command in the container; what it returns runs the other one, whatever came between. Without a freeze
 * it warns of containers that write meanwhile.
 */
async function freeze(
  context: FlowContext,
  volume: FoundVolume,
  { freeze: command, thaw = [], within }: BackupInput,
): Promise<(() => Promise<void>) | undefined> {
  const users = await runningUsers(context, volume);
  if (command === undefined) {
    for (const { name, instance } of users) {
      const message = `${instance ?? name} runs, and may write while the volume is read: see --freeze, or stop it`;
      context.emit({ type: 'warning', subject: volume.name, message });
    }
    return undefined;
  }
  const named = within === undefined ? users : users.filter((each) => isCalled(each, within));
  const [user, ...others] = named;
  if (user === undefined || others.length > 0) {
    throw new FailureError({
      code: 'NOT_RUNNING',
      message:
        user === undefined
          ? `no container that runs has the volume ${volume.name}${within === undefined ? '' : ` and is called ${within}`}: there is nothing to freeze`
          : `${named.map(({ instance, name }) => instance ?? name).join(' and ')} have the volume ${volume.name}`,
      next: user === undefined ? 'leave out --freeze' : 'say in which it is to run: --in NAME',
      subject: volume.name,
    });
  }
  const shown = user.instance ?? user.name;
  const inside = async (words: readonly string[]): Promise<readonly string[]> =>
    engineLine(context, volume.engine, ['exec', user.id, ...words]);
  const { status, stderr } = await context.host.pipe(await inside(command), { signal: context.signal });
  const thawed = async (): Promise<void> => {
    if (thaw.length === 0) return;
    // Without the signal: a Ctrl-C must not leave it frozen.
    const result = await context.host.run(await inside(thaw));
    if (result.status !== 0) throw frozenFailure(shown, '--thaw', thaw, result);
  };
  if (status !== 0) throw frozenFailure(shown, '--freeze', command, { status, stderr });
  return thawed;
}

function isCalled(
  { name, instance }: { readonly name: string; readonly instance: string | null },
  given: string,
): boolean {
  return name === given || instance === given || (instance ?? '').split('.').at(-1) === given;
}

function frozenFailure(
  name: string,
  flag: string,
  command: readonly string[],
  { status, stderr }: { readonly status: number; readonly stderr: string },
): FailureError {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return new FailureError({
    code: 'VOLUME_FAILED',
    message: `the command of ${flag} ended in ${name} with ${String(status)}${said === '' ? '' : `: ${said}`}`,
    next:
      flag === '--freeze'
        ? `nothing was copied; try it: gear exec ${name} -- ${command[0] ?? ''} …`
        : `${name} may still be frozen: gear exec ${name} -- ${command[0] ?? ''} …`,
    subject: name,
  });
}
