import type { Document } from '../document.ts';
import { resolvePath } from '../native/resolve-path.ts';
import type { Fields } from './compose-reader.ts';

/** The absolute paths of the files that a Compose file in `directory` names: what `readCompose` wants in `files`. */
export function composeFiles({ value }: Document, directory: string): readonly string[] {
  const file = fieldsOf(value);
  const services = Object.values(fieldsOf(file['services'])).map(fieldsOf);
  const found = [
    ...services.flatMap((service) => [...pathsOf(service['env_file']), ...pathsOf(service['label_file'])]),
    ...['secrets', 'configs'].flatMap((kind) =>
      Object.values(fieldsOf(file[kind])).map((each) => fieldsOf(each)['file']),
    ),
  ];
  const paths = found.filter((path): path is string => typeof path === 'string' && path !== '');
  return [...new Set(paths.map((path) => resolvePath(directory, path)))];
}

function pathsOf(given: unknown): readonly unknown[] {
  const items: readonly unknown[] = Array.isArray(given) ? given : [given];
  return items.map((item) => (typeof item === 'string' ? item : fieldsOf(item)['path']));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
