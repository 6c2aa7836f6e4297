import path from 'node:path';
import type { SourceFile } from '../core/descriptor/document.ts';
import type { Variables } from '../core/descriptor/text/expand.ts';
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
  const shell = shellEnvironment();
  const files = await namedFiles(folder, read, shell);
  const isOfShell = [shell['COMPOSE_FILE'], shell['COMPOSE_ENV_FILES']].some((each) => each !== undefined);
  return isOfShell && files.some((file) => 'problem' in file) ? [] : files;
}

/** The same of a folder for itself: what the shell says of one project says nothing of the folders that are watched. */
export async function composeFilesOfFolder(
  folder: string,
  read: (file: string) => SourceFile,
): Promise<readonly SourceFile[]> {
  const shell = Object.entries(shellEnvironment()).filter(([name]) => !ofOneProject.has(name));
  return namedFiles(folder, read, Object.fromEntries(shell));
}

/** What says which files are a project. */
const ofOneProject = new Set([
  ...['COMPOSE_FILE', 'COMPOSE_PATH_SEPARATOR', 'COMPOSE_ENV_FILES', 'COMPOSE_DISABLE_ENV_FILE'],
]);

async function namedFiles(
  folder: string,
  read: (file: string) => SourceFile,
  shell: Variables,
): Promise<readonly SourceFile[]> {
  const { environment } = (await folderVariables(folder, shell)).compose;
  const separator = environment['COMPOSE_PATH_SEPARATOR'] ?? '';
  return (environment['COMPOSE_FILE'] ?? '')
    .split(separator === '' ? ':' : separator)
    .filter((each) => each !== '')
    .map((each) => read(path.resolve(folder, each)));
}

/** The names in a folder that are no files of the project; beside one, Compose reads none of those that it looks for. */
export function namesBeside(
  folder: string,
  project: readonly SourceFile[],
  names: readonly string[],
): readonly string[] {
  if (project.length === 0) return names;
  const own = new Set(project.map((file) => file.path));
  return names.filter((name) => !own.has(path.resolve(folder, name)) && !lookedFor.test(name));
}

/** What Compose looks for in a folder. */
const lookedFor = /^(docker-)?compose(\.override)?\.ya?ml$/;

/** What Compose lays over the compose.yaml beside it. */
export const composeOverride = /^(docker-)?compose\.override\.ya?ml$/;
