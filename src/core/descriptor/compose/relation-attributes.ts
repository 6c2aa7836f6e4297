import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Path } from '../document.ts';
import { type Attribute, kept, near } from './attribute.ts';
import type { Service, ServiceReader } from './service-reader.ts';

/** Which services have to be there before another. */
export const relationAttributes: readonly Attribute[] = [
  kept(
    'depends_on',
    'after, requires, part_of, job',
    (service, value, path) => {
      const { reader } = service;
      if (Array.isArray(value)) {
        for (const [name, at] of reader.texts(value, path))
          depend(service, { name, condition: 'service_started', at });
        return;
      }
      for (const [name, given] of Object.entries(reader.fields(value, path) ?? {})) {
        const at = [...path, name];
        const fields = reader.fields(given, at, ['condition', 'restart', 'required']);
        if (fields === undefined) continue;
        const toggle = (key: string, usual: boolean) =>
          fields[key] === undefined ? usual : reader.toggle(fields[key], [...at, key]);
        const condition = reader.textOf(fields, 'condition', at) ?? 'service_started';
        depend(service, {
          name,
          condition,
          optional: toggle('required', true) === false,
          restart: toggle('restart', false) === true,
          at,
        });
      }
    },
    'a service that others wait for to complete is a job',
  ),
  near('links', 'after, networks', 'an alias is known to all of the network', (service, value, path) => {
    for (const [text, at] of service.reader.texts(value, path)) {
      const [name = ''] = text.split(':');
      depend(service, { name, condition: 'service_started', at });
      if (text.includes(':')) service.approximate(at, 'the alias is known to all of the network');
    }
  }),
  near(
    'external_links',
    '',
    'left out: on a network that both join, a container is known by its name',
    (service, value, path) => {
      for (const [text, at] of service.reader.texts(value, path))
        if (text.includes(':'))
          service.refuse(
            at,
            'gear cannot give a name to what it does not run',
            'use its own name, on a network that both join',
          );
        else
          service.approximate(at, 'left out: on a network that both join, a container is known by its name');
    },
  ),
];

interface Dependency {
  readonly name: string;
  readonly condition: string;
  readonly optional?: boolean;
  readonly restart?: boolean;
  readonly at: Path;
}

const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'];

function depend(
  service: ServiceReader,
  { name, condition, optional = false, restart = false, at }: Dependency,
): void {
  const { reader, project } = service;
  const other = project.services.get(name);
  if (!conditions.includes(condition)) {
    const guess = nearest(condition, conditions);
    reader.fail(
      [...at, 'condition'],
      'VALUE_INVALID',
      `${quote(condition)} is not a condition`,
      guess === undefined ? `write ${conditions.join(', ')}` : `did you mean ${guess}?`,
    );
    return;
  }
  if (other === undefined) {
    absent(service, name, optional, at);
    return;
  }
  // Compose as well as gear starts all of an app, so started is order; the others are asked for at each start.
  relate(service, condition === 'service_started' || optional ? 'after' : 'requires', other, at);
  if (optional) relate(service, 'wants', other, at);
  if (condition === 'service_started' && isChecked(other))
    service.approximate(at, 'waits for its health check as well');
  if (condition === 'service_healthy' && !isChecked(other))
    service.approximate(at, 'waits for the check of its image; without one, until it runs');
  if (restart) {
    relate(service, 'part_of', other, at);
    service.approximate([...at, 'restart'], 'stops and starts with it, whoever does that');
  }
}

/** Once, where depends_on and links say the same. */
function relate(service: ServiceReader, key: string, { container }: Service, at: Path): void {
  const given = (service.native[key] ?? []) as readonly unknown[];
  if (!given.includes(container)) service.add(key, container, at);
}

function isChecked({ fields }: Service): boolean {
  return fields['healthcheck'] !== undefined;
}

function absent(service: ServiceReader, name: string, optional: boolean, at: Path): void {
  const { reader, project } = service;
  const profile = project.inactive.get(name);
  if (profile !== undefined && optional) {
    service.approximate(at, 'left out: the profile of that service is not active');
    return;
  }
  if (profile !== undefined) {
    const message = `the service ${quote(name)} belongs to a profile that is not active`;
    reader.fail(at, 'DEPENDENCY_UNKNOWN', message, `activate it: --profile ${profile}, or COMPOSE_PROFILES`);
    return;
  }
  const guess = nearest(name, [...project.services.keys()]);
  reader.failMissing(
    at,
    'DEPENDENCY_UNKNOWN',
    `there is no service ${quote(name)} in this file`,
    guess === undefined ? 'name one of its services' : `did you mean ${guess}?`,
  );
}
