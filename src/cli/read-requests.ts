import { type FlagValues, valuesOf } from '../core/descriptor/collect-changes.ts';
import { mergeRunLine } from '../core/descriptor/docker-run/merge-run.ts';
import { readRunLine, type RunLine } from '../core/descriptor/docker-run/read-run.ts';
import { type CommandLine, parseInstall } from '../core/descriptor/parse-install.ts';
import { parseSet, type SetChange } from '../core/descriptor/parse-set.ts';
import type { ContainerRequest, EngineKind } from '../core/model/container.ts';
import { FailureError, valueOf } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import type { PullPolicy } from '../flows/inputs.ts';
import { readSurroundings } from './surroundings.ts';
import { pullPolicy } from './wait-options.ts';

type Line = Omit<CommandLine, 'flags'>;

/** What a command line of install asks for. */
export interface ReadInstall {
  readonly requests: readonly ContainerRequest[];
  readonly engine?: EngineKind;
  readonly pull: PullPolicy;
  /** The line for the history. */
  readonly command: string;
  /** What of a line of docker run was left out. */
  readonly leftOut: readonly string[];
}

/** The containers that a command line of install states. FailureError with every mistake. */
export async function readRequests(
  line: Line,
  flags: FlagValues & {
    readonly 'from-run'?: string | undefined;
    readonly engine?: EngineKind | undefined;
    readonly pull: string;
  },
): Promise<ReadInstall> {
  const { 'from-run': runLine, engine: asked, pull } = flags;
  const run = runLine === undefined ? null : valueOf(readRunLine(runLine));
  const stated = run === null ? { ...line, flags } : mergeRunLine({ ...line, flags }, run);
  const surroundings = await readSurroundings(valuesOf(stated.flags, 'env-file'));
  const engine = asked ?? engineOf(run);
  return {
    requests: valueOf(parseInstall(stated, surroundings)),
    ...(engine === undefined ? {} : { engine }),
    pull: pull === 'missing' ? (run?.pull ?? pull) : pullPolicy(pull),
    command: historyLine('install', stated),
    leftOut: run?.leftOut ?? [],
  };
}

/** The container that a command line of run states. FailureError with every mistake. */
export async function readOnce(
  line: Line,
  flags: FlagValues & { readonly engine?: EngineKind | undefined; readonly pull: string },
  name: string,
): Promise<{ readonly request: ContainerRequest; readonly engine?: EngineKind; readonly pull: PullPolicy }> {
  const surroundings = await readSurroundings(valuesOf(flags, 'env-file'));
  const [image, ...more] = line.words;
  const extra = more.find((word) => !word.includes('='));
  if (extra !== undefined || image === undefined) {
    throw new FailureError({
      code: 'USAGE',
      message: extra === undefined ? 'the image is missing' : `unexpected argument: ${quote(extra)}`,
      next: `the command stands after --: gear run ${image ?? 'IMAGE'} -- ${extra ?? 'COMMAND'} …`,
    });
  }
  const [request] = valueOf(parseInstall({ ...line, words: [image, name, ...more], flags }, surroundings));
  if (request === undefined) throw new Error('one name gives one container');
  if ((request.spec.secrets ?? []).length > 0) {
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: 'a container that runs once has no files of secrets',
      next: 'give it the secret as a variable: --secret NAME,type=env,target=KEY',
    });
  }
  return {
    request,
    ...(flags.engine === undefined ? {} : { engine: flags.engine }),
    pull: pullPolicy(flags.pull),
  };
}

/** Lines of docker run are copied onto hosts that have Podman alone, so only Podman's name its engine. */
function engineOf(run: RunLine | null): EngineKind | undefined {
  return run?.engine === 'podman' ? 'podman' : undefined;
}

/** What a command line of set changes, and the line for the history. FailureError with every mistake. */
export async function readSetChange(
  line: Line,
  flags: FlagValues,
): Promise<{ readonly change: SetChange; readonly command: string }> {
  const surroundings = await readSurroundings(valuesOf(flags, 'env-file'));
  return { change: valueOf(parseSet({ ...line, flags }, surroundings)), command: historyLine('set', line) };
}

/** The command without values of the environment, which are secret. */
function historyLine(id: string, { words }: Line): string {
  return [
    id,
    ...words.map((word) => (word.includes('=') ? `${word.slice(0, word.indexOf('='))}=…` : word)),
  ].join(' ');
}
