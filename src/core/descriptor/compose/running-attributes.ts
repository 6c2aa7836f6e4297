import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import { type Attribute, kept, near } from './attribute.ts';
import type { Fields } from '../foreign/foreign-reader.ts';
import type { ServiceReader } from './service-reader.ts';

const healthKeys = ['disable', 'interval', 'retries', 'test', 'timeout', 'start_period', 'start_interval'];

/** When a service is healthy, and when it is started again; `deploy` comes before the ports, which copies share out. */
export const runningAttributes: readonly Attribute[] = [
  kept(
    'healthcheck',
    'health',
    readHealth,
    'start_interval is left out: gear asks twice a second while it starts',
  ),
  kept(
    'restart',
    'restart',
    (service, value, path) => {
      const text = value === false ? 'no' : service.reader.text(value, path);
      if (text === undefined) return;
      // What deploy says of it holds, as for Compose.
      const { deploy } = service.service.fields;
      const other = (deploy as Fields | null | undefined)?.['restart_policy'];
      if (other !== undefined && other !== null) {
        service.approximate(path, 'left out: deploy.restart_policy says it');
        return;
      }
      const [, policy = text, tries] = /^(on-failure)(?::(\d+))?$/.exec(text) ?? [];
      service.set('restart', policy, path);
      if (tries !== undefined)
        service.approximate(
          path,
          `on-failure: gear does not give up after ${tries}, it waits longer before each`,
        );
    },
    'none: on-failure; a number of tries is left out',
  ),
];

/** How many copies there are, and what they may use. */
export const deployAttributes: readonly Attribute[] = [
  kept('scale', 'count', (service, value, path) => {
    const count = service.reader.number(value, path);
    if (count !== undefined && count !== 1) service.set('count', count, path);
  }),
  kept(
    'deploy',
    'count, cpus, memory, pids_limit, restart, gpus, job',
    readDeploy,
    'placement, endpoint_mode, update_config and rollback_config are left out',
  ),
];

function readHealth(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  const fields = reader.fields(value, path, healthKeys);
  if (fields === undefined) return;
  const { test } = fields;
  const none = (Array.isArray(test) && test[0] === 'NONE') || test === 'NONE';
  if (
    none ||
    (fields['disable'] !== undefined && reader.toggle(fields['disable'], [...path, 'disable']) === true)
  ) {
    service.set('health', false, path);
    return;
  }
  const health: Record<string, unknown> = {};
  const cmd = test === undefined ? undefined : command(service, test, [...path, 'test']);
  if (cmd !== undefined) health['cmd'] = cmd;
  for (const key of ['interval', 'timeout', 'retries', 'start_period']) {
    const text = fields[key] === undefined ? undefined : reader.text(fields[key], [...path, key]);
    if (text !== undefined) health[key] = text;
    reader.places.set(['containers', service.service.container, 'health', key], [...path, key]);
  }
  reader.places.set(['containers', service.service.container, 'health', 'cmd'], [...path, 'test']);
  if (Object.keys(health).length > 0) service.set('health', health, path);
  if (fields['start_interval'] !== undefined)
    service.approximate([...path, 'start_interval'], 'left out: gear asks twice a second while it starts');
}

function command(service: ServiceReader, test: unknown, at: Path): string | readonly string[] | undefined {
  const { reader } = service;
  if (typeof test === 'string') {
    const [, word = ''] = /^(CMD(?:-SHELL)?)\s/.exec(test) ?? [];
    if (word !== '')
      service.approximate(at, `its shell looks for a program ${word}, as with Docker: write ["${word}", …]`);
    return test;
  }
  const words = reader.list(test, at).map(([item, place]) => reader.text(item, place) ?? '');
  const [kind, ...rest] = words;
  if (kind === 'CMD' && rest.length > 0) return rest;
  if (kind === 'CMD-SHELL' && rest.length > 0) return rest.join(' ');
  reader.fail(
    at,
    'VALUE_INVALID',
    `${quote(kind ?? '')} does not begin a health check`,
    'begin it with CMD, CMD-SHELL or NONE',
  );
  return undefined;
}

const deployKeys = [
  'mode',
  'endpoint_mode',
  'replicas',
  'labels',
  'rollback_config',
  'update_config',
  'resources',
  'restart_policy',
  'placement',
];

function readDeploy(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  if (value === null) return;
  const fields = reader.fields(value, path, deployKeys);
  if (fields === undefined) return;
  const count =
    fields['replicas'] === undefined ? undefined : reader.number(fields['replicas'], [...path, 'replicas']);
  if (count !== undefined && count !== 1) service.set('count', count, [...path, 'replicas']);
  const mode = reader.oneOf(fields, 'mode', path, ['replicated', 'global', 'replicated-job', 'global-job']);
  if (mode === 'replicated-job' || mode === 'global-job') service.set('job', true, [...path, 'mode']);
  if (mode === 'global' || mode === 'global-job')
    service.approximate([...path, 'mode'], 'one copy: gear is asked about one host');
  for (const key of ['endpoint_mode', 'labels', 'rollback_config', 'update_config', 'placement'])
    if (fields[key] !== undefined)
      service.approximate([...path, key], 'left out: it belongs to a cluster of Swarm');
  if (fields['resources'] !== undefined) readResources(service, fields['resources'], [...path, 'resources']);
  if (fields['restart_policy'] !== undefined)
    readRestartPolicy(service, fields['restart_policy'], [...path, 'restart_policy']);
}

function readResources(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  const { limits, reservations } = reader.fields(value, path, ['limits', 'reservations']) ?? {};
  const most =
    limits === undefined
      ? {}
      : (reader.fields(limits, [...path, 'limits'], ['cpus', 'memory', 'pids']) ?? {});
  for (const [key, to] of [
    ['cpus', 'cpus'],
    ['memory', 'memory'],
    ['pids', 'pids_limit'],
  ] as const) {
    const text = most[key] === undefined ? undefined : reader.text(most[key], [...path, 'limits', key]);
    if (text !== undefined) service.set(to, text, [...path, 'limits', key]);
  }
  if (reservations === undefined) return;
  const at = [...path, 'reservations'];
  const least = reader.fields(reservations, at, ['cpus', 'memory', 'generic_resources', 'devices']) ?? {};
  const memory = least['memory'] === undefined ? undefined : reader.text(least['memory'], [...at, 'memory']);
  if (memory !== undefined) service.set('memory_reservation', memory, [...at, 'memory']);
  for (const key of ['cpus', 'generic_resources'])
    if (least[key] !== undefined)
      service.approximate([...at, key], 'left out: it belongs to a cluster of Swarm');
  if (least['devices'] !== undefined) readGpus(service, least['devices'], [...at, 'devices']);
}

function readRestartPolicy(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  const fields: Fields = reader.fields(value, path, ['condition', 'delay', 'max_attempts', 'window']) ?? {};
  const policies: Readonly<Record<string, string>> = {
    none: 'no',
    'on-failure': 'on-failure',
    any: 'always',
  };
  const condition = reader.textOf(fields, 'condition', path) ?? 'any';
  const policy = Object.hasOwn(policies, condition) ? policies[condition] : undefined;
  if (policy === undefined) {
    reader.fail(
      [...path, 'condition'],
      'VALUE_INVALID',
      `${quote(condition)} is not a condition`,
      'write none, on-failure or any',
    );
    return;
  }
  const delay = fields['delay'] === undefined ? undefined : reader.text(fields['delay'], [...path, 'delay']);
  service.set('restart', delay === undefined || /^0\w*$/.test(delay) ? policy : { policy, delay }, path);
  for (const key of ['max_attempts', 'window'])
    if (fields[key] !== undefined)
      service.approximate([...path, key], 'left out: gear does not give up, it waits longer before each');
}

/** GPUs as `docker run --gpus` takes them. */
export const gpuAttribute: Attribute = near(
  'gpus',
  'gpus',
  'a number or a list of devices; drivers and options are left out',
  (service, value, path) => {
    if (value === 'all') service.set('gpus', 'all', path);
    else readGpus(service, value, path);
  },
);

function readGpus(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  for (const [item, at] of reader.list(value, path)) {
    const fields = reader.fields(item, at, ['capabilities', 'count', 'device_ids', 'driver', 'options']);
    if (fields === undefined) continue;
    const ids = reader.texts(fields['device_ids'] ?? [], [...at, 'device_ids']).map(([id]) => id);
    service.set(
      'gpus',
      ids.length > 0 ? `"device=${ids.join(',')}"` : (reader.textOf(fields, 'count', at) ?? 'all'),
      at,
    );
    if (fields['driver'] !== undefined || fields['options'] !== undefined)
      service.approximate(at, 'its driver and options are left to the engine');
  }
}
