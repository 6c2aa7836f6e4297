import type { Path } from '../document.ts';
import { publish, publishText } from '../foreign/publish-port.ts';
import { type Attribute, kept } from './attribute.ts';
import type { ServiceReader } from './service-reader.ts';

/** The ports of a service. */
export const portAttributes: readonly Attribute[] = [
  kept(
    'ports',
    'ports',
    (service, value, path) => {
      // Docker discards them as well, with a warning that few see.
      if (service.service.fields['network_mode'] === 'host') {
        service.approximate(
          path,
          'left out: with network_mode host it listens on the ports of the host itself',
        );
        return;
      }
      for (const [item, at] of service.reader.list(value, path)) readPort(service, item, at);
    },
    'a port without one of the host gets a free one, which stays; with network_mode host they are left out',
  ),
];

function readPort(service: ServiceReader, item: unknown, at: Path): void {
  const { reader } = service;
  if (typeof item !== 'object' || item === null) {
    const text = reader.text(item, at);
    if (text !== undefined) publishText(service, text, at);
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
  const part = (key: string) => reader.textOf(fields, key, at) ?? '';
  // They say nothing to an engine, and have to be texts all the same.
  for (const key of ['name', 'app_protocol']) part(key);
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
  if (reader.oneOf(fields, 'mode', at, ['host', 'ingress']) === 'ingress')
    service.approximate([...at, 'mode'], 'published on this host alone');
}
