import { systemClock } from '../adapters/clock.ts';
import { createLocalFiles } from '../adapters/files/local.ts';
import { listFolder } from '../adapters/files/read-source.ts';
import { readRecorded, recordReads } from '../adapters/files/record-reads.ts';
import { readText } from '../adapters/files/read-text.ts';
import { createLocalHost } from '../adapters/host/local.ts';
import { createUserHost } from '../adapters/host/user.ts';
import { userAccount } from '../adapters/host/user-account.ts';
import type { ChosenHost } from '../core/model/choose-hosts.ts';
import type { HostAddress } from '../core/model/host-address.ts';
import type { Host } from '../ports/host.ts';
import type { ImageSource } from '../ports/image-source.ts';
import type { HostKeys } from '../ports/host-keys.ts';
import type { GivenDescription, HostRecords } from '../ports/host-records.ts';
import type { describe } from '../adapters/store/host-records.ts';
import type { readSecretInput } from '../adapters/terminal/secret-input.ts';
import { invokingName, operatorName } from '../adapters/host/invoking-name.ts';
import { systemTimers } from '../adapters/timers.ts';
import * as tree from '../adapters/watch/tree.ts';
import { paths } from '../core/model/paths.ts';
import { FailureError } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import type { ByteSink } from '../flows/volume-backup.ts';
import type { ByteDigest } from '../flows/volume-stream.ts';
import type { AskPassword } from '../adapters/ssh/sudo.ts';
import type { Emit } from '../report/events.ts';
import { onThisMachineOnly, userWord } from './user-word.ts';

interface ContextOptions {
  /** The command as typed, without values of the environment. */
  readonly command: string;
  readonly version: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** How apps are described that the command applies; absent: it applies none. */
  readonly given?: Readonly<Record<string, GivenDescription>>;
}

/** Builds what a flow works with; here and in watch/context.ts adapters are chosen. Close the host afterwards. */
export function createContext(options: ContextOptions): FlowContext {
  return contextOf(options, thisMachine());
}

/** This machine in the scope of this process. */
export function thisMachine(): Host {
  return paths.scope === 'user' ? createUserHost() : createLocalHost();
}

/** The user of this process, whose own systemd gear --user acts on. */
export const thisUser = userAccount;

/** The same for a host that was chosen: over SSH, which is loaded then only. */
export async function createContextOn(chosen: ChosenHost, options: ContextOptions): Promise<FlowContext> {
  if (chosen.address === null) return contextOf(options, thisMachine());
  if (paths.scope === 'user') throw new FailureError(onThisMachineOnly(chosen.label));
  const { createSshHost } = await import('../adapters/host/ssh.ts');
  const host = createSshHost(chosen.address, { preferred: chosen.engine, ask: await passwordAsker() });
  const { createKeeper } = await import('./record-keeper.ts');
  const { given = {}, emit } = options;
  const keeper = createKeeper({ host: chosen.label, records: hostRecords, given, emit });
  const close = async (): Promise<void> => {
    await keeper.settled();
    await host.close();
  };
  const by = operatorName(process.geteuid?.() ?? -1, process.env);
  return { ...contextOf(options, { ...host, close }), by, keep: keeper.keep, imagesHere: localImages };
}

/** The one place where a password for sudo on other hosts is asked; undefined where nobody is at a terminal. */
async function passwordAsker(): Promise<AskPassword | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const { sudoPasswordAsker } = await import('../adapters/terminal/sudo-password.ts');
  return sudoPasswordAsker((text) => process.stderr.write(text));
}

/** Images of this machine. Contexts share it: an image for several hosts is read once. */
const localImages: ImageSource = lazySource(async () =>
  (await import('../adapters/images/here.ts')).imagesHere(),
);

/** Images of a chosen host, for others. Close it afterwards. */
export async function imagesOf(
  chosen: ChosenHost,
): Promise<{ readonly source: ImageSource; readonly close: () => Promise<void> }> {
  if (chosen.address === null) return { source: localImages, close: () => Promise.resolve() };
  const { createSshHost } = await import('../adapters/host/ssh.ts');
  const host = createSshHost(chosen.address, { preferred: chosen.engine, ask: await passwordAsker() });
  return { source: imagesOn(host), close: () => host.close() };
}

/** Images of a host that somebody else closes. */
export function imagesOn(host: Host): ImageSource {
  return lazySource(async () => {
    const { imageSource } = await import('../adapters/images/source.ts');
    return imageSource(async () =>
      Promise.all((await host.facts()).engines.map((kind) => host.engine(kind))),
    );
  });
}

function lazySource(load: () => Promise<ImageSource>): ImageSource {
  let source: Promise<ImageSource> | undefined;
  return { find: async (reference) => (await (source ??= load())).find(reference) };
}

function contextOf(options: ContextOptions, host: Host): FlowContext {
  return {
    ...options,
    host,
    clock: systemClock,
    by: invokingName(process.geteuid?.() ?? -1, process.env),
    pid: process.pid,
    self: [process.execPath, ...process.argv.slice(1, 2), ...(paths.scope === 'user' ? [userWord] : [])],
    ...stopAfterEffect(process.env['GEAR_STOP_AFTER_EFFECT']),
  };
}

/** The keys of other hosts that this user has confirmed. */
export async function hostKeys(): Promise<HostKeys> {
  return (await import('../adapters/ssh/host-keys.ts')).createHostKeys();
}

/** What is kept here of other hosts. */
export async function hostRecords(): Promise<HostRecords> {
  return (await import('../adapters/store/host-records.ts')).createHostRecords();
}

/** How an app is described that a command applies, for what is kept of its host. */
export const describeApp = async (
  ...given: Parameters<typeof describe>
): Promise<ReturnType<typeof describe>> =>
  (await import('../adapters/store/host-records.ts')).describe(...given);

/** A session on another host for the person at this terminal; its exit status. */
export async function openTerminal(address: HostAddress, command: readonly string[]): Promise<number> {
  return (await import('../adapters/ssh/terminal.ts')).openTerminal(address, command);
}

/**
 * For fault tests: the process is killed right after its n-th effect, as a power cut would. `3:SIGSTOP` has it wait there,
 * so that its host can be gone when it goes on.
 */
function stopAfterEffect(given: string | undefined): { readonly onEffect?: () => void } {
  if (given === undefined) return {};
  const [count, name] = given.split(':');
  let left = Number(count);
  return {
    onEffect: () => {
      left -= 1;
      if (left === 0) process.kill(process.pid, name === 'SIGSTOP' ? name : 'SIGKILL');
    },
  };
}

/** A file of this machine that a flag names. */
export const localText = readText;

/** The value of a secret, from a file or `-`. */
export const secretInput = async (
  ...given: Parameters<typeof readSecretInput>
): ReturnType<typeof readSecretInput> =>
  (await import('../adapters/terminal/secret-input.ts')).readSecretInput(...given);

/** Where bytes for a file of this machine, or `-`, go to. */
export async function byteSink(path: string): Promise<ByteSink> {
  const { fileSink, streamSink } = await import('../adapters/files/byte-streams.ts');
  return path === '-' ? streamSink(process.stdout) : fileSink(path);
}

/** The bytes of a file of this machine, or of `-`. FailureError FILE_FAILED. */
export async function openBytes(path: string): Promise<AsyncIterable<Uint8Array>> {
  return (await import('../adapters/files/byte-streams.ts')).byteSource(path);
}

/** SHA-256 of bytes as they come. */
export async function newDigest(): Promise<ByteDigest> {
  return (await import('../adapters/files/byte-streams.ts')).byteDigest();
}

/** A descriptor, or a file that one names, of this machine. */
export const localSource = readRecorded;

/** Does the work, and tells which files localSource was asked for meanwhile. */
export const recordLocalReads = recordReads;

/** The names in a folder of this machine. */
export const localFolder = listFolder;

/** Writes a file of this machine whole, with a mode as in chmod(2). */
export function writeLocal(path: string, content: string, mode: number): Promise<void> {
  return createLocalFiles().write(path, content, mode);
}

/** Monotonic time. */
export const localTimers = systemTimers;

/** What tells of a file of this machine that it changed, and where a link leads to. */
export const { sightingOf } = tree;
