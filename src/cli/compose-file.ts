import path from 'node:path';
import type { SourceFile } from '../core/descriptor/document.ts';
import { folderVariables } from './folder-variables.ts';
import { shellEnvironment } from './surroundings.ts';

/**
 * The files that COMPOSE_FILE names, in the folder's `.env` or in the shell, as docker compose takes them instead of
 * compose.yaml; none where it is not set. One of the shell is meant for a folder that has all of them.
 */
export async function composeFiles(
  folder: string,
  read: (file: string) => SourceFile,
): Promise<readonly SourceFile[]> {
  const { environment } = (await folderVariables(folder)).compose;
  const named = environment['COMPOSE_FILE'] ?? '';
  if (named === '') return [];
  const separator = environment['COMPOSE_PATH_SEPARATOR'] ?? '';
  const files = named
    .split(separator === '' ? ':' : separator)
    .filter((each) => each !== '')
    .map((each) => read(path.resolve(folder, each)));
  const isOfShell = shellEnvironment()['COMPOSE_FILE'] !== undefined;
  return isOfShell && files.some((file) => 'problem' in file) ? [] : files;
}

/** The names in a folder that are no files of the project; beside one, Compose reads no compose.override.yaml. */
export function namesBeside(
  folder: string,
  project: readonly SourceFile[],
  names: readonly string[],
): readonly string[] {
  if (project.length === 0) return names;
  const own = new Set(project.map((file) => file.path));
  return names.filter((name) => !own.has(path.resolve(folder, name)) && !composeOverride.test(name));
}

/** What Compose lays over the compose.yaml beside it. */
export const composeOverride = /^(docker-)?compose\.override\.ya?ml$/;
