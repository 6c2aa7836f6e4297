import type { Document } from '../document.ts';
import { resolvePath } from './resolve-path.ts';

/**
 * The absolute paths of the env and config files that a descriptor in `directory` names, each once, whatever else is
 * wrong with it: what `readNative` wants to have in `files`.
 */
export function referencedFiles({ value }: Document, directory: string): readonly string[] {
  const containers = Object.values(recordOf(recordOf(value)['containers']));
  const found = containers
    .map(recordOf)
    .flatMap(({ env_file: envFile, files }) => [
      ...(Array.isArray(envFile) ? (envFile as unknown[]) : [envFile]),
      ...(Array.isArray(files) ? files.map((file: unknown) => recordOf(file)['source']) : []),
    ]);
  const given = found.filter((path) => typeof path === 'string' && path !== '');
  return [...new Set(given.map((path) => resolvePath(directory, path as string)))];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
