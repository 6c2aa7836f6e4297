import { FailureError } from '../errors/failure.ts';
import type { Host, PipeResult } from '../ports/host.ts';
import type { FlowContext } from './context.ts';

/** Copies with the engine of a host, by paths of that host; in the words of its own `cp`. */
export type CopyThere = (from: string, to: string) => Promise<void>;

interface Over {
  readonly context: FlowContext;
  /** The machine where gear is typed. */
  readonly here: Host;
  readonly copy: CopyThere;
}

/** What is in the archive is whoever's who unpacks it, as with the engines' own `cp`. */
const unpack = ['tar', '--no-same-owner', '-xf', '-', '-C'];

/** Copies a path of this machine into a container of another, through a folder there. `inside` is the engine's CONTAINER:PATH. */
export async function copyIn(over: Over, from: string, inside: string): Promise<void> {
  await staged(over, async (_near, far) => {
    await send(over.here, from, over.context.host, far, over.context.signal);
    await over.copy(staging(far, from), inside);
  });
}

/** Copies out of a container of another machine to a path of this one. */
export async function copyOut(over: Over, inside: string, from: string, to: string): Promise<void> {
  await staged(over, async (near, far) => {
    await over.copy(inside, `${far}/`);
    await send(over.context.host, `${far}/.`, over.here, near, over.context.signal);
    // As the engines do it: into a folder that is there, else under that name.
    const copied = await over.here.run(['cp', '-RPp', '--', staging(near, from), to]);
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

async function staged(
  { here, context }: Over,
  work: (near: string, far: string) => Promise<void>,
): Promise<void> {
  const hosts = [here, context.host] as const;
  const [near, far] = await Promise.all([makeFolder(hosts[0]), makeFolder(hosts[1])]);
  try {
    await work(near, far);
  } finally {
    // What a lost connection leaves there is in /var/tmp, which systemd clears (tmpfiles.d(5)).
    await Promise.allSettled([
      hosts[0].run(['rm', '-rf', '--', near]),
      hosts[1].run(['rm', '-rf', '--', far]),
    ]);
  }
}

async function makeFolder(host: Host): Promise<string> {
  const made = await host.run(['mktemp', '-d', '/var/tmp/gear-cp.XXXXXXXX']);
  if (made.status !== 0) throw failed('/var/tmp', 'written', made.stderr);
  return made.stdout.trim();
}

/** Sends a path into a folder of another machine, as one stream. */
async function send(from: Host, given: string, to: Host, target: string, signal: AbortSignal): Promise<void> {
  const { folder, name } = splitPath(given);
  let written: PipeResult | undefined;
  const read = await from.pipe(['tar', '-cf', '-', '-C', folder, `./${name}`], {
    signal,
    output: async (archive) => {
      written = await to.pipe([...unpack, target], { signal, input: archive });
    },
  });
  if (read.status !== 0) throw failed(given, 'read', read.stderr);
  if (written?.status !== 0) throw failed(target, 'written', written?.stderr ?? '');
}

function failed(what: string, how: 'read' | 'written', stderr: string): FailureError {
  const [said = 'nothing was said of it'] = stderr
    .split('\n')
    .map((line) => line.replace(/^(?:\S*\/)?(?:tar|cp|mktemp): /, '').trim())
    .filter((line) => line !== '');
  return new FailureError({
    code: 'FILE_FAILED',
    message: `${what} could not be ${how}: ${said}`,
    next: 'mend that, and copy again',
    subject: what,
  });
}
