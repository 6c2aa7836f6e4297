import { isRelativeSource, resolvePath } from '../native/resolve-path.ts';
import type { ForeignApp } from './foreign-app.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The app as it reads from any folder: paths that begin at `directory` are absolute. */
export function withAbsolutePaths(app: ForeignApp, directory: string): ForeignApp {
  const { document } = app;
  const value = mapOf(document.value);
  const containers = Object.fromEntries<unknown>(
    Object.entries(mapOf(value['containers'])).map(([name, container]): [string, unknown] => [
      name,
      absoluteContainer(mapOf(container), directory),
    ]),
  );
  return { ...app, document: { ...document, value: { ...value, containers } } };
}

function absoluteContainer(container: Fields, directory: string): Fields {
  const absolute = (path: unknown): unknown =>
    typeof path === 'string' && path !== '' ? resolvePath(directory, path) : path;
  const changes: Readonly<Record<string, (item: unknown) => unknown>> = {
    env_file: absolute,
    volumes: (item) => {
      const [source = '', ...rest] = typeof item === 'string' ? item.split(':') : [];
      return isRelativeSource(source) ? [resolvePath(directory, source), ...rest].join(':') : item;
    },
    files: (item) => {
      const file = mapOf(item);
      return file['source'] === undefined ? item : { ...file, source: absolute(file['source']) };
    },
  };
  const moved: Record<string, unknown> = { ...container };
  for (const [key, change] of Object.entries(changes)) {
    const given = container[key];
    if (given === undefined) continue;
    moved[key] = Array.isArray(given) ? given.map(change) : change(given);
  }
  return moved;
}

function mapOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
