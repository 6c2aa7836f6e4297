import type { Environment } from '../core/model/container.ts';
import type { Surroundings } from '../core/descriptor/spec-change.ts';
import { localText } from './context.ts';
import { workingFolder } from './working-folder.ts';

/** What the flags of a command line refer to: the environment, the folder, and the files of --env-file. */
export async function readSurroundings(files: readonly string[]): Promise<Surroundings> {
  const read = await Promise.all(files.map(async (file) => [file, await localText(file)] as const));
  return { environment: shellEnvironment(), directory: workingFolder(), files: Object.fromEntries(read) };
}

/** The environment that gear was called in. */
export function shellEnvironment(): Environment {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
