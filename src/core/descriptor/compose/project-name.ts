import type { ForeignReader } from '../foreign/foreign-reader.ts';
import { expand, type Variables } from '../text/expand.ts';

const variable = 'COMPOSE_PROJECT_NAME';

/**
 * The name of a project as Compose finds it: COMPOSE_PROJECT_NAME, else `name:`, else the folder's, in lower case and
 * without what names cannot hold. So volumes and networks of a project that Compose made are found.
 */
export function projectName(reader: ForeignReader, given: unknown): string {
  const { directory, environment } = reader.context;
  const named = environment[variable] ?? '';
  const text = given === undefined ? undefined : reader.text(given, ['name']);
  if (given !== undefined) {
    if (text !== undefined && named !== '' && named !== text)
      reader.tell(['name'], 'approximated', `${variable} holds over it, as for Compose: ${named}`);
    else reader.tell(['name'], 'kept');
    reader.places.set(['name'], ['name']);
  }
  return named === '' ? (text ?? normalised(directory.slice(directory.lastIndexOf('/') + 1))) : named;
}

/**
 * The variables of Compose files with the one that holds the name of their project, which Compose sets itself. Of JSON,
 * which nobody writes by hand, it is not known before it is read, and stays unset.
 */
export function withProjectName(
  texts: readonly string[],
  directory: string,
  variables: Variables,
): Variables {
  if (
    (variables[variable] ?? '') !== '' ||
    !texts.some((text) => text.includes(variable)) ||
    texts.some((text) => text.trimStart().startsWith('{'))
  )
    return variables;
  const names = texts.flatMap((text) => /^name[ \t]*:[ \t]*(.+?)[ \t]*(?:[ \t]#.*)?$/m.exec(text)?.[1] ?? []);
  const given = names.at(-1)?.replace(/^(["'])(.*)\1$/, '$2');
  const folder = normalised(directory.slice(directory.lastIndexOf('/') + 1));
  const name = given === undefined ? folder : expand(given, { variables, rules: 'compose' }).text;
  return { ...variables, [variable]: name };
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
