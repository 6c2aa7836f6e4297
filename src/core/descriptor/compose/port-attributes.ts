import type { Path } from '../document.ts';
import { type Attribute, kept } from './attribute.ts';
import type { ServiceReader } from './service-reader.ts';

const mostPorts = 1000;
const unpublished =
  'not published: Compose would take any free port of the host, and gear takes none by chance; write HOST:';

/** The ports of a service. */
export const portAttributes: readonly Attribute[] = [
  kept(
    'ports',
    'ports',
    (service, value, path) => {
      for (const [item, at] of service.reader.list(value, path)) readPort(service, item, at);
    },
    'a port without one of the host is not published',
  ),
];

function readPort(service: ServiceReader, item: unknown, at: Path): void {
  const { reader } = service;
  if (typeof item !== 'object' || item === null) {
    const text = reader.text(item, at);
    if (text !== undefined) shortPort(service, text, at);
    return;
  }
  const fields = reader.fields(item, at, [
    'name',
    'mode',
    'host_ip',
    'target',
    'published',
    'protocol',
    'app_protocol',
  ]);
  if (fields === undefined) return;
  const part = (key: string) =>
    fields[key] === undefined ? '' : (reader.text(fields[key], [...at, key]) ?? '');
  const ip = part('host_ip');
  const address = ip === '' ? '' : `${ip.includes(':') && !ip.startsWith('[') ? `[${ip}]` : ip}:`;
  const protocol = part('protocol');
  publish(
    service,
    {
      address,
      host: part('published'),
      container: part('target'),
      protocol: protocol === '' ? '' : `/${protocol}`,
    },
    at,
  );
  if (part('mode') === 'ingress') service.approximate([...at, 'mode'], 'published on this host alone');
}

function shortPort(service: ServiceReader, text: string, at: Path): void {
  const [, rest = '', protocol = ''] = /^(.*?)(\/\w+)?$/s.exec(text) ?? [];
  const [, address = '', host = '', container = rest] =
    /^(?:((?:\[[^\]]*\]|[^:[\]]+|(?:[0-9a-f]*:){2,}[0-9a-f]*):))?(?:([\d-]*):)?([\d-]+)$/i.exec(rest) ?? [];
  // Two parts are HOST:CONTAINER, not an address.
  if (/^[\d-]+:$/.test(address) && host === '')
    publish(service, { address: '', host: address.slice(0, -1), container, protocol }, at);
  else publish(service, { address, host, container, protocol }, at);
}

interface Parts {
  readonly address: string;
  readonly host: string;
  readonly container: string;
  readonly protocol: string;
}

/** One port, or as many as a range of both has. */
function publish(service: ServiceReader, { address, host, container, protocol }: Parts, at: Path): void {
  if (host === '') {
    service.approximate(at, `${unpublished}${container}${protocol}`);
    return;
  }
  const [hosts, containers] = [rangeOf(host), rangeOf(container)];
  if (hosts === undefined || containers === undefined || Math.max(hosts.size, containers.size) > mostPorts) {
    service.reader.fail(
      at,
      'VALUE_INVALID',
      `"${address}${host}:${container}${protocol}" is not a port, or more than ${String(mostPorts)}`,
      'write it as "8080:80"',
    );
    return;
  }
  const copies = Number(service.native['count'] ?? 1);
  if (copies > 1 && hosts.size === copies && containers.size === 1) {
    service.add('ports', `${address}${host}:${container}${protocol}`, at);
  } else if (hosts.size === containers.size) {
    for (let index = 0; index < hosts.size; index++)
      service.add(
        'ports',
        `${address}${String(hosts.first + index)}:${String(containers.first + index)}${protocol}`,
        at,
      );
  } else if (containers.size === 1) {
    service.add('ports', `${address}${String(hosts.first)}:${container}${protocol}`, at);
    service.approximate(at, `the first port of the range, ${String(hosts.first)}: gear takes none by chance`);
  } else
    service.reader.fail(
      at,
      'VALUE_INVALID',
      'the two ranges have different lengths',
      'write ranges of the same length',
    );
}

function rangeOf(text: string): { readonly first: number; readonly size: number } | undefined {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const size = Number(last) - Number(first) + 1;
  return first === '' || size < 1 ? undefined : { first: Number(first), size };
}
