import type { ForeignReader } from '../foreign/foreign-reader.ts';
import { addAlias } from './network-attributes.ts';
import { noteContradictions } from './said-twice.ts';
import { serviceAttributes } from './service-attributes.ts';
import { type Project, type Service, ServiceReader } from './service-reader.ts';

const known = serviceAttributes.map(({ name }) => name);

/** A service as a container of the native form; every attribute of it is told. Null where no copy of it is to run. */
export function readService(
  reader: ForeignReader,
  project: Project,
  service: Service,
): Readonly<Record<string, unknown>> | null {
  const { fields, name, container, origin } = service;
  reader.fields(fields, ['services', name], known);
  const one = new ServiceReader(reader, project, service);
  for (const attribute of serviceAttributes) {
    const value = fields[attribute.name];
    if (value === undefined) continue;
    const path = origin(attribute.name);
    one.begin();
    // A key without a value is a key that is not there.
    if (value !== null || attribute.name === 'command') attribute.read(one, value, path);
    if (!one.told) reader.tell(path, 'kept');
  }
  noteContradictions(one);
  const path = ['services', name];
  if (Number(one.native['count']) === 0) {
    one.approximate(path, 'left out: no copy of it is to run');
    return null;
  }
  if (project.jobs.has(name)) one.set('job', true, path);
  if (container !== name) {
    addAlias(one, name, path);
    one.approximate(
      path,
      `called ${container}: names have neither upper-case letters nor dots; on its networks it is ${name} as well`,
    );
  }
  if (one.native['restart'] === undefined && one.native['job'] !== true) {
    one.set('restart', 'on-failure', path);
    one.approximate(
      [...path, 'restart'],
      'on-failure: Compose would leave it stopped; write restart: "no" for that',
    );
  }
  return one.native;
}
