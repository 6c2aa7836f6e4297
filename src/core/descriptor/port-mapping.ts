import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { PortMapping } from '../model/container.ts';
import { refuse } from './refuse.ts';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Reads `[IP:]HOST:CONTAINER[/PROTOCOL]`; host port 0 is left to gear; an IPv6 address stands in brackets. VALUE_INVALID otherwise. */
export function parsePublish(text: string): Result<PortMapping> {
  const [, mapping = '', protocol = 'tcp'] = /^([^/]*)(?:\/(.*))?$/s.exec(text) ?? [];
  if (protocol !== 'tcp' && protocol !== 'udp')
    return refuse(
      'VALUE_INVALID',
      `${quote(protocol)} is not a protocol of ports here`,
      'end it with /tcp or /udp',
    );
  const bracketed = /^\[([^\]]*)\]:?(.*)$/s.exec(mapping);
  const fields = (bracketed?.[2] ?? mapping).split(':');
  const address = bracketed?.[1] ?? (fields.length > 2 ? fields.shift() : undefined);
  const [first = '', second, ...more] = fields;
  if (more.length > 0)
    return refuse(
      'VALUE_INVALID',
      'there are too many ":"',
      'put an IPv6 address in brackets: [::1]:8080:80',
    );
  if (second === undefined) return noHostPort(first, address);
  if (first === '') return noHostPort(second, address);
  if (ipv4.test(first)) return noHostPort(second, first);

  const hostIp = parseAddress(address);
  const hostPort = parsePort(first, 'host');
  const containerPort = parsePort(second, 'container');
  if (hostIp.ok && hostPort.ok && containerPort.ok)
    return ok({
      hostIp: hostIp.value,
      hostPort: hostPort.value,
      containerPort: containerPort.value,
      protocol,
    });
  return err(...[hostIp, hostPort, containerPort].flatMap((part) => (part.ok ? [] : part.failures)));
}

function noHostPort(container: string, address: string | undefined): Result<never> {
  const port = /^\d+$/.test(container) ? container : '80';
  const shown = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
  return refuse(
    'VALUE_INVALID',
    'the host port is missing',
    `give both ports: ${/^[\w.:[\]]*$/.test(shown) ? shown : ''}${port}:${port}; or 0:${port}, and gear chooses a free one`,
  );
}

const range = /^(\d{1,5})-(\d{1,5})$/;

/**
 * Reads a mapping, or as many as a range of host ports and one of container ports of the same length give, pairwise.
 * VALUE_INVALID otherwise.
 */
export function parsePublishRange(text: string): Result<readonly PortMapping[]> {
  const [, address = '', host = '', container = '', protocol = ''] =
    /^((?:.*:)?)([\d-]+):([\d-]+)(\/.*)?$/s.exec(text) ?? [];
  const [, hostFirst, hostLast] = range.exec(host) ?? [];
  const [, containerFirst = container, containerLast = containerFirst] = range.exec(container) ?? [];
  if (hostFirst === undefined || hostLast === undefined) {
    if (range.test(container)) return unequal(text, 1, Number(containerLast) - Number(containerFirst) + 1);
    const single = parsePublish(text);
    return single.ok ? ok([single.value]) : single;
  }
  const size = Number(hostLast) - Number(hostFirst) + 1;
  const containerSize = Number(containerLast) - Number(containerFirst) + 1;
  if (Number(hostFirst) === 0)
    return refuse('VALUE_INVALID', `${quote(text)} begins at host port 0`, 'begin at 1 or later');
  if (size < 1 || containerSize < 1)
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} has a range that runs backwards`,
      'write it as 8000-8002:80-82',
    );
  if (size !== containerSize) return unequal(text, size, containerSize);
  const ports: PortMapping[] = [];
  for (let step = 0; step < size; step++) {
    const port = parsePublish(
      `${address}${Number(hostFirst) + step}:${Number(containerFirst) + step}${protocol}`,
    );
    if (!port.ok) return port;
    ports.push(port.value);
  }
  return ok(ports);
}

function unequal(text: string, hostPorts: number, containerPorts: number): Result<never> {
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} has ${hostPorts} of the host's ports for ${containerPorts} of the container's`,
    'give as many of both: 8000-8002:80-82',
  );
}

/** An IP address in its shortest spelling, '' when there is none. VALUE_INVALID otherwise. The URL parser knows every spelling of IPv6, and writes the shortest. */
export function parseAddress(address: string | undefined): Result<string> {
  if (address === undefined || ipv4.test(address)) return ok(address ?? '');
  if (/^[0-9a-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]/`))
    return ok(new URL(`http://[${address}]/`).hostname.slice(1, -1));
  const next =
    address === 'localhost' ? 'use 127.0.0.1' : 'give an address such as 127.0.0.1 or [::1], or none';
  return refuse('VALUE_INVALID', `${quote(address)} is not an IP address`, next);
}

function parsePort(text: string, side: 'host' | 'container'): Result<number> {
  if (/^\d+-\d+$/.test(text))
    return refuse('VALUE_INVALID', `${quote(text)} is a range of ports`, 'give each port by itself');
  if (!/^\d+$/.test(text))
    return refuse('VALUE_INVALID', `the ${side} port ${quote(text)} is not a number`, 'write it as 8080:80');
  const port = Number(text);
  // 0: gear chooses a free one on the host.
  if (port === 0 && side === 'host') return ok(port);
  if (port < 1 || port > 65_535)
    return refuse('VALUE_INVALID', `the ${side} port ${quote(text)} is out of range`, 'give 1 to 65535');
  return ok(port);
}
