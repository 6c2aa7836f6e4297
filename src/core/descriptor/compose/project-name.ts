import type { ForeignReader } from '../foreign/foreign-reader.ts';

/**
 * The name of a project as Compose finds it: `name:`, else COMPOSE_PROJECT_NAME, else the folder's, in lower case and
 * without what names cannot hold. So volumes and networks of a project that Compose made are found.
 */
export function projectName(reader: ForeignReader, given: unknown): string {
  const { directory, environment } = reader.context;
  if (given !== undefined) {
    const text = reader.text(given, ['name']);
    reader.places.set(['name'], ['name']);
    if (text !== undefined) return text;
  }
  const named = environment['COMPOSE_PROJECT_NAME'];
  if (named !== undefined && named !== '') return named;
  return normalised(directory.slice(directory.lastIndexOf('/') + 1));
}

function normalised(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return name === '' ? 'app' : name;
}

/** A service's name as that of a container: Compose also takes upper-case letters and dots. */
export function containerName(service: string): string {
  return service
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .replace(/^[_-]+/, '');
}
