import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import { type Attribute, kept, near } from './attribute.ts';
import type { ServiceReader } from './service-reader.ts';

const useKeys = [
  'aliases',
  'interface_name',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
  'driver_opts',
  'priority',
  'gw_priority',
];

/** How a service is connected, and by which names it is known. */
export const networkAttributes: readonly Attribute[] = [
  kept(
    'networks',
    'networks',
    (service, value, path) => {
      const { reader } = service;
      if (Array.isArray(value))
        for (const [name, at] of reader.texts(value, path)) service.put('networks', name, {}, at);
      else
        for (const [name, use] of Object.entries(reader.fields(value, path) ?? {}))
          readUse(service, name, use, [...path, name]);
    },
    'addresses and aliases; priorities, link-local and hardware addresses are left out',
  ),
  kept('network_mode', 'network_mode', (service, value, path) => {
    const text = service.reader.text(value, path);
    const own = text === undefined ? undefined : ownService(service, text);
    if (text?.startsWith('service:') === true && own === undefined)
      service.reader.failMissing(
        path,
        'DEPENDENCY_UNKNOWN',
        `there is no service ${quote(text.slice(8))} in this file`,
        'name one of its services',
      );
    else if (text !== undefined)
      service.set('network_mode', own === undefined ? text : `container:${own}`, path);
  }),
  kept(
    'container_name',
    'container_name',
    (service, value, path) => {
      const text = service.reader.text(value, path);
      if (text !== undefined) service.set('container_name', text, path);
    },
    'what the engine calls it, an alias on its networks, and what gear takes for it',
  ),
  near('domainname', 'hostname', 'a part of hostname', (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text === undefined) return;
    const given = service.native['hostname'];
    const host = typeof given === 'string' ? given : service.service.name;
    service.set('hostname', `${host}.${text}`, path);
    service.approximate(path, 'a part of hostname');
  }),
  kept('extra_hosts', 'extra_hosts', (service, value, path) => {
    const { reader } = service;
    if (Array.isArray(value)) {
      for (const [text, at] of reader.texts(value, path))
        service.add('extra_hosts', text.replace('=', ':'), at);
      return;
    }
    for (const [host, addresses] of Object.entries(reader.fields(value, path) ?? {}))
      for (const [address, at] of reader.texts(addresses, [...path, host]))
        service.add('extra_hosts', `${host}:${address}`, at);
  }),
  ...(['ipc', 'pid'] as const).map((name) =>
    kept(
      name,
      name,
      (service, value, path) => {
        const text = value === null ? undefined : service.reader.text(value, path);
        if (text?.startsWith('service:') === true)
          service.refuse(
            path,
            'the name that the engine will give the other container is not known before',
            'take it away, or use host',
          );
        else if (text !== undefined) service.set(name, text, path);
      },
      'but for service:NAME',
    ),
  ),
];

function readUse(service: ServiceReader, name: string, use: unknown, at: Path): void {
  const { reader } = service;
  const fields = use === null ? {} : (reader.fields(use, at, useKeys) ?? {});
  const text = (key: string) =>
    fields[key] === undefined ? undefined : reader.text(fields[key], [...at, key]);
  const [ip, ip6] = [text('ipv4_address'), text('ipv6_address')];
  const aliases = reader.texts(fields['aliases'] ?? [], [...at, 'aliases']).map(([alias]) => alias);
  service.put(
    'networks',
    name,
    {
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(ip === undefined ? {} : { ip }),
      ...(ip6 === undefined ? {} : { ip6 }),
    },
    at,
  );
  for (const key of [
    'interface_name',
    'link_local_ips',
    'mac_address',
    'driver_opts',
    'priority',
    'gw_priority',
  ])
    if (fields[key] !== undefined) service.approximate([...at, key], 'left out: the engine decides it');
}

/** The container that service:NAME means; undefined for anything else. */
function ownService({ project }: ServiceReader, text: string): string | undefined {
  return text.startsWith('service:')
    ? project.services.get(text.slice('service:'.length))?.container
    : undefined;
}

/** A further name of the container on each of its networks. */
export function addAlias(service: ServiceReader, alias: string, from: Path): void {
  if (service.native['network_mode'] !== undefined || service.service.fields['network_mode'] !== undefined)
    return;
  const networks = (service.native['networks'] ?? { default: {} }) as Record<
    string,
    { aliases?: readonly string[] }
  >;
  for (const [name, use] of Object.entries(networks)) {
    const known = { ...use, aliases: [...new Set([...(use.aliases ?? []), alias])] };
    // What else is said of the network stands where it was said.
    if (service.native['networks'] === undefined) service.put('networks', name, known, from);
    else networks[name] = known;
  }
}
