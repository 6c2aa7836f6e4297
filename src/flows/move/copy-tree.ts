import { parseTree, type TreeEntry, treeDifference, treeFormat } from '../../core/model/tree.ts';
import { FailureError } from '../../errors/failure.ts';
import { interrupted } from '../../errors/interrupted.ts';
import type { Host, PipeResult } from '../../ports/host.ts';

/** A folder of one host that becomes as that of another. */
export interface TreeCopy {
  readonly from: Host;
  readonly to: Host;
  readonly source: string;
  readonly target: string;
  /** What only one command at a time may write: a lock, and a file that must still hold its token. */
  readonly guard: Guard;
  /** Entries that changed since are sent whatever they look like; s, by the clock of the sender. */
  readonly sinceS: number;
  /** Whether something still writes there: then what vanishes or changes meanwhile is no failure. */
  readonly live: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (currentBytes: number, totalBytes: number) => void;
}

export interface Guard {
  readonly lock: string;
  readonly file: string;
  readonly token: string;
}

const lockTaken = 75;
const takenOver = 76;

/** Runs a command in a folder while nobody else does, and only as long as the token is the one in the file. */
const guarded = `exec 9>"$1" || exit 1
flock -w 20 9 || exit ${String(lockTaken)}
grep -qF -- "$3" "$2" || exit ${String(takenOver)}
cd -- "$4" || exit 1
shift 4
exec "$@"`;

const tarFlags = ['--numeric-owner', '--xattrs', '--xattrs-include=*', '--acls'];

/**
 * Sends what differs, and removes what the sender does not have. Owners in numbers, times, links, holes and extended
 * attributes stay as they are. Broken off anywhere, it can be repeated. Returns how many bytes the sent files have.
 * FailureError FILE_FAILED, DISK_FULL, MOVED_ON, INTERRUPTED, HOST_….
 */
export async function copyTree(copy: TreeCopy): Promise<number> {
  try {
    return await copyDifference(copy);
  } catch (error) {
    if (error instanceof FailureError || !copy.signal.aborted) throw error;
    throw new FailureError(
      interrupted(
        `${copy.target} has a part of the data`,
        'run the same command again: it goes on where it was',
      ),
    );
  }
}

async function copyDifference(copy: TreeCopy): Promise<number> {
  const [source, target] = await Promise.all([
    listTree(copy.from, copy.source, copy.live, copy.signal),
    listTree(copy.to, copy.target, false, copy.signal),
  ]);
  const { remove, send, leave, bytes } = treeDifference(source, target, copy.sinceS);
  await refuseFullDisk(copy, bytes);
  if (remove.length > 0)
    await writeThere(copy, ['xargs', '--null', 'rm', '-rf', '--'], pathList(remove, '\0'));
  if (send.length > 0) await sendAllBut(copy, leave, bytes);
  return bytes;
}

/** Every entry of a folder of a host. `live`: something writes there. FailureError FILE_FAILED, HOST_…. */
export async function listTree(
  host: Host,
  folder: string,
  live: boolean,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const chunks: Uint8Array[] = [];
  const output = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of bytes) chunks.push(chunk);
  };
  const { status, stderr } = await host.pipe(['find', folder, '-printf', treeFormat], { output, signal });
  // What vanishes while find looks makes its status 1.
  if (status !== 0 && !(live && status === 1)) throw failed('look through', folder, stderr);
  return parseTree(Buffer.concat(chunks).toString('latin1'));
}

/**
 * tar goes through the folders by itself, and is told what to leave out: so it opens each by its name in the one above, and
 * never a link. Of names that were read before it would follow what a running container has made a link since, and bring
 * files of the host.
 */
async function sendAllBut(copy: TreeCopy, leave: readonly string[], total: number): Promise<void> {
  const { from, source, live, signal } = copy;
  const pack = ['tar', '--create', '--file=-', '--format=posix', '--sparse', ...tarFlags];
  const names = ['--anchored', '--no-wildcards', '--exclude-from=-', `--directory=${source}`, '.'];
  const unpack = ['tar', '--extract', '--file=-', '--same-owner', '--preserve-permissions'];
  const { status, stderr } = await from.pipe([...pack, ...names], {
    input: pathList(leave.filter(isLine), '\n'),
    output: (archive) =>
      writeThere(
        copy,
        [...unpack, '--delay-directory-restore', ...tarFlags],
        counted(archive, (bytes) => copy.onProgress(Math.min(bytes, total), total)),
      ),
    signal,
  });
  // Something still writes: what changed or vanished is sent again once it does not.
  if (status !== 0 && !(live && status <= 2)) throw failed('read', source, stderr);
}

async function* counted(
  archive: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of archive) {
    bytes += chunk.length;
    yield chunk;
    tell(bytes);
  }
}

/** Runs a command in the folder that is written to, while nobody else does. */
async function writeThere(
  { to, guard, target, signal }: TreeCopy,
  command: readonly string[],
  input: AsyncIterable<Uint8Array>,
): Promise<void> {
  const script = ['/bin/sh', '-c', guarded, 'gear-move', guard.lock, guard.file, guard.token, target];
  refuseFailed(target, await to.pipe([...script, ...command], { input, signal }));
}

function refuseFailed(target: string, { status, stderr }: PipeResult): void {
  if (status === 0) return;
  if (status !== lockTaken && status !== takenOver) throw failed('write', target, stderr);
  throw new FailureError({
    code: 'MOVED_ON',
    message: `another gear has this move in hand, and writes to ${target}`,
    next: 'let that one finish; or, where it is dead, run the same command again',
  });
}

async function refuseFullDisk({ to, target }: TreeCopy, bytes: number): Promise<void> {
  const free = await to.files.freeBytes(target);
  if (free > bytes) return;
  throw new FailureError({
    code: 'DISK_FULL',
    message: `${target} needs ${megabytes(bytes)} MB, and ${megabytes(free)} MB are free there`,
    next: `see what can go: df -h ${target}`,
    subject: target,
  });
}

const pathsInChunk = 500;

// eslint-disable-next-line @typescript-eslint/require-await -- a pipe takes what may come slowly; this is there already
async function* pathList(paths: readonly string[], end: string): AsyncIterable<Uint8Array> {
  for (let at = 0; at < paths.length; at += pathsInChunk) {
    const names = paths.slice(at, at + pathsInChunk).map((path) => `./${path}${end}`);
    yield Buffer.from(names.join(''), 'latin1');
  }
}

/** tar reads what it is to leave out by lines, without spaces at their ends: what is called so is sent again. */
function isLine(path: string): boolean {
  return !/\n|[ \t\v\f\r]$/.test(path);
}

function failed(verb: string, folder: string, stderr: string): FailureError {
  const [first = 'it was ended'] = stderr.split('\n').filter((line) => line !== '');
  return new FailureError({
    code: 'FILE_FAILED',
    message: `cannot ${verb} ${folder}: ${first}`,
    next: 'mend that, and run the same command again: it goes on where it was',
    subject: folder,
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
