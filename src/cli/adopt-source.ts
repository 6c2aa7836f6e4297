import { Flags } from '@oclif/core';
import { FailureError } from '../errors/failure.ts';
import { splitHostWord } from '../core/model/host-word.ts';
import type { AdoptSource } from '../flows/adopt-source.ts';
import { readAppsInput } from './apps-input.ts';
import { absolute, profileFlag } from './descriptor-paths.ts';

/** What `gear adopt` can be pointed at, beside containers by name. */
export const adoptFlags = {
  compose: Flags.string({
    description: 'A Compose file whose project runs, or its folder; given again, laid over those before it',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    exclusive: ['name', 'unit'],
  }),
  quadlet: Flags.string({
    description: 'A folder of Quadlet files that systemd runs; --name names the app, else the folder does',
    helpValue: 'FOLDER',
    exclusive: ['compose', 'geard', 'unit'],
  }),
  geard: Flags.boolean({
    description: 'All that units of geard run on this host',
    exclusive: ['compose', 'name', 'unit'],
  }),
  profile: profileFlag,
};

interface AdoptFlags {
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
  readonly compose?: readonly string[] | undefined;
  readonly quadlet?: string | undefined;
  readonly geard?: boolean | undefined;
  readonly profile?: readonly string[] | undefined;
}

/** Reads what a line names. FailureError USAGE where that is nothing, or two things. */
export async function readAdoptSource(
  containers: readonly string[],
  flags: AdoptFlags,
): Promise<AdoptSource> {
  const { name, unit } = flags;
  const project = await readProject(flags);
  refuse(
    containers.length === 0 && project === null,
    'there is nothing to adopt',
    'name a container, as docker ps shows it; or a project: gear adopt --compose compose.yaml',
  );
  refuse(
    containers.length > 0 && project !== null,
    '--compose, --quadlet and --geard adopt all that they find, and no container besides',
    'adopt the others by a line of their own',
  );
  if (project !== null) return project;
  refuse(
    containers.length > 1 && (name ?? unit) !== undefined,
    '--name and --unit are of one container',
    'adopt them one by one',
  );
  return {
    ...{ kind: 'containers', containers },
    ...(name === undefined ? {} : { name }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/**
 * The one host of a line, by `--host` or before the names, and the containers' own names. FailureError USAGE for several
 * hosts, and for a folder of Quadlet with one: what is adopted is the folder of the host itself.
 */
export function adoptHost(
  words: readonly string[],
  { host, quadlet }: Pick<AdoptFlags, 'quadlet'> & { readonly host?: string | undefined },
): { readonly host: string | null; readonly containers: readonly string[] } {
  const split = words.map(splitHostWord);
  const hosts = [...new Set(split.map((each) => each.host ?? host ?? null))];
  refuse(
    hosts.length > 1,
    'the containers are on several hosts, and one line adopts those of one',
    'adopt them by a line for each host',
  );
  const one = hosts[0] ?? host ?? null;
  refuse(
    one !== null && quadlet !== undefined,
    `--quadlet adopts a folder of this machine, and not of ${one ?? ''}`,
    `adopt there, where gear is installed: gear ssh ${one ?? ''}`,
  );
  return { host: one, containers: split.map(({ name }) => name) };
}

/** The line for the history. */
export function adoptLine(
  containers: readonly string[],
  { compose = [], quadlet, geard }: AdoptFlags,
): string {
  return [
    ...['adopt', ...containers],
    ...compose.map((file) => `--compose ${file}`),
    ...(quadlet === undefined ? [] : [`--quadlet ${quadlet}`]),
    ...(geard === true ? ['--geard'] : []),
  ].join(' ');
}

async function readProject({
  name,
  compose,
  quadlet,
  geard,
  profile,
}: AdoptFlags): Promise<AdoptSource | null> {
  if (geard === true) return { kind: 'geard' };
  const usual = { ...{ strict: false, profile, name }, 'prune-volumes': false, 'no-start': false };
  if (quadlet !== undefined) {
    const { input } = await readAppsInput('adopt --quadlet', [quadlet], {
      ...{ ...usual, from: 'quadlet', engine: 'podman' },
    });
    return { kind: 'quadlet', apps: input, folder: absolute(quadlet) };
  }
  if (compose === undefined) return null;
  // One file, or a folder with its override, as apply reads it; several files are laid over each other.
  const [only, ...others] = compose;
  const alone = only !== undefined && others.length === 0;
  const { input } = await readAppsInput('adopt --compose', alone ? [only] : [], {
    ...{ ...usual, from: 'compose', file: alone ? undefined : compose },
  });
  return { kind: 'compose', apps: input };
}

function refuse(wrong: boolean, message: string, next: string): void {
  if (wrong) throw new FailureError({ code: 'USAGE', message, next });
}
