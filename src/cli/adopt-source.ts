import { Flags } from '@oclif/core';
import { FailureError } from '../errors/failure.ts';
import type { AppsInput } from '../flows/app-inputs.ts';
import { readAppsInput } from './apps-input.ts';
import { profileFlag } from './descriptor-paths.ts';

/** What `gear adopt` can be pointed at, beside containers by name. */
export const adoptFlags = {
  compose: Flags.string({
    description: 'A Compose file whose project runs, or its folder; given again, laid over those before it',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    exclusive: ['name', 'unit'],
  }),
  profile: profileFlag,
};

interface AdoptFlags {
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
  readonly compose?: readonly string[] | undefined;
  readonly profile?: readonly string[] | undefined;
}

/** What is to be adopted: containers by name, or a project. */
export type AdoptSource =
  | {
      readonly kind: 'containers';
      readonly containers: readonly string[];
      readonly name?: string;
      readonly unit?: string;
    }
  | { readonly kind: 'compose'; readonly apps: AppsInput };

/** Reads what a line names. FailureError USAGE where that is nothing, or two things. */
export async function readAdoptSource(
  containers: readonly string[],
  flags: AdoptFlags,
): Promise<AdoptSource> {
  const { name, unit, compose } = flags;
  refuse(
    containers.length === 0 && compose === undefined,
    'there is nothing to adopt',
    'name a container, as docker ps shows it; or a project: gear adopt --compose compose.yaml',
  );
  refuse(
    containers.length > 0 && compose !== undefined,
    '--compose adopts all of a project, and no container besides',
    'adopt the others by a line of their own',
  );
  if (compose !== undefined) return { kind: 'compose', apps: await readProject(compose, flags.profile) };
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

/** The line for the history. */
export function adoptLine(containers: readonly string[], { compose = [] }: AdoptFlags): string {
  return ['adopt', ...containers, ...compose.map((file) => `--compose ${file}`)].join(' ');
}

/** One file, or a folder with its override, as apply reads it; several files are laid over each other. */
async function readProject(
  files: readonly string[],
  profile: readonly string[] | undefined,
): Promise<AppsInput> {
  const alone = files.length === 1;
  const { input } = await readAppsInput('adopt --compose', alone ? files : [], {
    ...{ file: alone ? undefined : files, from: 'compose', profile, strict: false },
    ...{ 'prune-volumes': false, 'no-start': false },
  });
  return input;
}

function refuse(wrong: boolean, message: string, next: string): void {
  if (wrong) throw new FailureError({ code: 'USAGE', message, next });
}
