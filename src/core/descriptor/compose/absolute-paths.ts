import { type Fields, isMap } from './fields.ts';
import { resolvePath } from '../native/resolve-path.ts';

type Change = (value: unknown, directory: string) => unknown;

const path: Change = (value, directory) =>
  typeof value === 'string' ? resolvePath(directory, value) : value;

/** A path, {path: …}, or a list of either. */
const paths: Change = (value, directory) => {
  if (Array.isArray(value)) return value.map((item) => paths(item, directory));
  return isMap(value) ? { ...value, path: path(value['path'], directory) } : path(value, directory);
};

/** Sources of the host: those that begin with a dot, and those of a bind. */
const volumes: Change = (value, directory) =>
  Array.isArray(value)
    ? value.map((item: unknown) => {
        if (typeof item === 'string') {
          const [source = '', ...rest] = item.split(':');
          return source.startsWith('.') && rest.length > 0
            ? [resolvePath(directory, source), ...rest].join(':')
            : item;
        }
        return isMap(item) && item['type'] === 'bind'
          ? { ...item, source: path(item['source'], directory) }
          : item;
      })
    : value;

const changes: Readonly<Record<string, Change>> = { env_file: paths, label_file: paths, volumes };

/** A service of a file in another folder: its paths are relative to that one, so they are made absolute. */
export function absoluteService(service: Fields, directory: string): Fields {
  return Object.fromEntries(
    Object.entries(service).map(([key, value]) => {
      const change = Object.hasOwn(changes, key) ? changes[key] : undefined;
      return [key, change === undefined ? value : change(value, directory)];
    }),
  );
}

/** A secret or config of a file in another folder. */
function absoluteContent(content: unknown, directory: string): unknown {
  return isMap(content) && content['file'] !== undefined
    ? { ...content, file: path(content['file'], directory) }
    : content;
}

/** A project of another folder. */
export function absoluteProject(value: Fields, directory: string): Fields {
  const each = (section: unknown, change: (item: unknown) => unknown) =>
    isMap(section)
      ? Object.fromEntries(Object.entries(section).map(([name, item]) => [name, change(item)]))
      : section;
  return {
    ...value,
    services: each(value['services'], (service) =>
      isMap(service) ? absoluteService(service, directory) : service,
    ),
    ...(['secrets', 'configs'] as const).reduce<Fields>(
      (found, kind) =>
        value[kind] === undefined
          ? found
          : { ...found, [kind]: each(value[kind], (content) => absoluteContent(content, directory)) },
      {},
    ),
  };
}
