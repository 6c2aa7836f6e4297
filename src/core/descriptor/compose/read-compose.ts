import { quote } from '../../../errors/quote.ts';
import type { Blanked, Document } from '../document.ts';
import { foreignApp, type ForeignReading } from '../foreign/foreign-app.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { type Dialect, type Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { type Extended, extendServices } from './extend-services.ts';
import { declaredContents } from './declared-contents.ts';
import { extendedKey } from './asks-for-files.ts';
import type { Loss } from '../foreign/loss.ts';
import { containerName, projectName } from './project-name.ts';
import { readService } from './read-service.ts';
import type { Project, Service } from './service-reader.ts';
import { readDeclared } from './top-level.ts';

const dialect: Dialect = { name: 'Compose', secret: ['environment'], others: /^x-/ };

const topLevel = [
  'version',
  'name',
  'include',
  'services',
  'models',
  'networks',
  'volumes',
  'secrets',
  'configs',
];

/** Reads a Compose file into the native form. Fails with all of its mistakes; what is refused is a loss, not a mistake. */
export function readCompose(document: Document, context: ForeignContext): ForeignReading {
  const reader = new ForeignReader(document, context, dialect);
  const file = reader.fields(document.value, [], topLevel) ?? {};
  const name = projectName(reader, file['name']);
  const declared = (key: string): Fields =>
    file[key] === undefined || file[key] === null ? {} : (reader.fields(file[key], [key]) ?? {});
  reader.textOf(file, 'version', []);
  if (file['version'] !== undefined) reader.tell(['version'], 'kept');
  if (file['models'] !== undefined)
    reader.tell(
      ['models'],
      'refused',
      'gear runs containers, and no models',
      'run the model in a container of its own',
    );
  const [networks, volumes] = [declared('networks'), declared('volumes')];
  const project: Project = {
    name,
    ...activeServices(reader, extendServices(reader, declared('services'), declared(extendedKey))),
    volumes: new Set(Object.keys(volumes)),
    secrets: declaredContents(reader, 'secrets', declared('secrets')),
    configs: declaredContents(reader, 'configs', declared('configs')),
  };
  const containers = Object.fromEntries(
    [...project.services.values()].flatMap((service) => {
      const container = readService(reader, project, service);
      return container === null ? [] : [[service.container, container]];
    }),
  );
  const value = {
    name,
    containers,
    ...top(reader, 'networks', networks),
    ...top(reader, 'volumes', volumes),
  };
  reader.losses.push(...(document.blanked ?? []).map(lossOfBlank));
  return foreignApp(reader, value);
}

function lossOfBlank({ path, name, place }: Blanked): Loss {
  const words = `the variable ${name} is not set, so it is empty; set it in the environment or in .env, or write $$ for a dollar sign`;
  return { key: path.join('.'), path, verdict: 'approximated', words, place };
}

function top(reader: ForeignReader, kind: 'networks' | 'volumes', declared: Fields): object {
  const entries = Object.entries(declared).map(([name, value]): [string, unknown] => {
    reader.tell([kind, name], 'kept');
    return [name, readDeclared(reader, kind, name, value)];
  });
  return entries.length === 0 ? {} : { [kind]: Object.fromEntries<unknown>(entries) };
}

/** The services whose profiles are active, with their names as containers, and which of them others wait for. */
function activeServices(
  reader: ForeignReader,
  extended: ReadonlyMap<string, Extended>,
): Pick<Project, 'services' | 'inactive' | 'jobs'> {
  const active = new Set(
    (reader.context.environment['COMPOSE_PROFILES'] ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  );
  const services = new Map<string, Service>();
  const inactive = new Map<string, string>();
  const jobs = new Set<string>();
  const taken = new Map<string, string>();
  for (const [name, { fields, origin }] of extended) {
    const profiles = reader.texts(fields['profiles'] ?? [], origin('profiles')).map(([profile]) => profile);
    if (profiles.length > 0 && !active.has('*') && !profiles.some((profile) => active.has(profile))) {
      inactive.set(name, profiles[0] ?? '');
      reader.tell(
        ['services', name],
        'kept',
        `left out: its profile is not active; COMPOSE_PROFILES=${profiles[0] ?? ''} activates it`,
      );
      continue;
    }
    const container = containerName(name);
    const other = taken.get(container);
    if (other !== undefined)
      reader.fail(
        ['services', name],
        'NAME_INVALID',
        `${quote(name)} and ${quote(other)} would both be called ${container}`,
        'give one of them another name',
        'key',
      );
    taken.set(container, name);
    services.set(name, { name, container, fields, origin });
    for (const job of awaited(fields['depends_on'])) jobs.add(job);
  }
  return { services, inactive, jobs };
}

/** The services of a depends_on that have to complete. */
function awaited(given: unknown): readonly string[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  return Object.entries(given as Fields)
    .filter(([, each]) => (each as Fields | null)?.['condition'] === 'service_completed_successfully')
    .map(([name]) => name);
}
