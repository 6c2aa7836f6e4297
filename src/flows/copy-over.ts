import { FailureError } from '../errors/failure.ts';
import type { Host, PipeResult } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import { longText } from './long-text.ts';

interface Over {
  readonly context: FlowContext;
  /** The machine where gear is typed. */
  readonly here: Host;
}

/** Copies with the engine of a host, by paths of that host; in the words of its own `cp`. */
export type CopyThere = (from: string, to: string) => Promise<void>;

/** What is in the archive is whoever's who unpacks it, as with the engines' own `cp`. */
const unpack = ['tar', '--no-same-owner', '-xf', '-', '-C'];

/**
 * Copies a path of this machine into a container of another, through a folder there: a connection that is cut leaves
 * nothing by halves in the container. `inside` is the engine's CONTAINER:PATH. FailureError DISK_FULL, FILE_FAILED.
 */
export async function copyIn(over: Over, from: string, inside: string, copy: CopyThere): Promise<void> {
  const { here, context } = over;
  await refuseFullDisk(over, from, context.host, scratch);
  await staged(context.host, async (far) => {
    const { folder, name } = splitPath(from);
    await send(over, { host: here, argv: ['tar', '-cf', '-', '-C', folder, `./${name}`], what: from }, far);
    await copy(staging(far, from), inside);
  });
}

/**
 * Copies out of a container of another machine to a path of this one. `archive` is what writes an archive of `from` to
 * its stdout there, so that nothing of it lies on the other machine. FailureError DISK_FULL, ENGINE_FAILED, FILE_FAILED.
 */
export async function copyOut(
  over: Over,
  archive: readonly string[],
  from: string,
  to: string,
): Promise<void> {
  const { here, context } = over;
  await staged(here, async (near) => {
    await send(over, { host: context.host, argv: archive, what: from, engine: true }, near);
    await refuseFullDisk(over, near, here, splitPath(to).folder);
    // As the engines do it: into a folder that is there, else under that name.
    const copied = await here.pipe(['cp', '-RPp', '--', staging(near, from), to], { signal: context.signal });
    if (copied.status !== 0) throw failed(to, 'written', copied.stderr);
  });
}

/** The folder of an absolute path, and its name there: `.` where what is in it is meant, as by `/.` at its end. */
function splitPath(given: string): { readonly folder: string; readonly name: string } {
  const whole = given.replace(/\/+$/, '');
  const slash = whole.lastIndexOf('/');
  const name = whole.slice(slash + 1);
  return name === '' ? { folder: '/', name: '.' } : { folder: whole.slice(0, slash + 1), name };
}

/** Where a path stands once it was put into the folder. */
function staging(folder: string, given: string): string {
  return `${folder}/${splitPath(given).name}`;
}

/** What a lost connection leaves there is in /var/tmp, which systemd clears (tmpfiles.d(5)). */
const scratch = '/var/tmp';

async function staged(host: Host, work: (folder: string) => Promise<void>): Promise<void> {
  const made = await host.run(['mktemp', '-d', `${scratch}/gear-cp.XXXXXXXX`]);
  if (made.status !== 0) throw failed(scratch, 'written', made.stderr);
  const folder = made.stdout.trim();
  try {
    await work(folder);
  } finally {
    await Promise.allSettled([host.run(['rm', '-rf', '--', folder])]);
  }
}

/** What is here takes as much room elsewhere, as far as du(1) can read it. */
async function refuseFullDisk(
  { here, context: { signal } }: Over,
  path: string,
  to: Host,
  folder: string,
): Promise<void> {
  const [counted, free] = await Promise.all([
    longText({ host: here, signal }, ['du', '-sk', '--', path]),
    to.files.freeBytes(folder),
  ]);
  const bytes = 1024 * Number.parseInt(counted, 10);
  if (!(bytes > free)) return;
  const { name } = await to.facts();
  throw new FailureError({
    code: 'DISK_FULL',
    message: `${folder} on ${name} needs ${megabytes(bytes)} MB, and ${megabytes(free)} MB are free there`,
    next: `see what can go: df -h ${folder}`,
    subject: folder,
  });
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1024 ** 2));
}

/** A command that writes an archive, and what it is of. */
interface Source {
  readonly host: Host;
  readonly argv: readonly string[];
  readonly what: string;
  /** The engine's own command; absent: tar. */
  readonly engine?: true;
}

/** Sends an archive into a folder of the other machine, as one stream. */
async function send({ here, context }: Over, source: Source, target: string): Promise<void> {
  const to = source.host === here ? context.host : here;
  const { signal } = context;
  let written: PipeResult | undefined;
  const read = await source.host.pipe(source.argv, {
    signal,
    output: async (archive) => {
      written = await to.pipe([...unpack, target], { signal, input: archive });
    },
  });
  if (read.status !== 0) throw failed(source.what, 'read', read.stderr, source.engine);
  if (written?.status !== 0) throw failed(target, 'written', written?.stderr ?? '');
}

function failed(what: string, how: 'read' | 'written', stderr: string, byEngine?: true): FailureError {
  const [said = 'nothing was said of it'] = stderr
    .split('\n')
    .map((line) => line.replace(/^(?:\S*\/)?(?:tar|cp|mktemp): /, '').trim())
    .filter((line) => line !== '');
  return new FailureError({
    code: byEngine === undefined ? 'FILE_FAILED' : 'ENGINE_FAILED',
    message: `${what} could not be ${how}: ${said}`,
    next: 'mend that, and copy again',
    subject: what,
  });
}
