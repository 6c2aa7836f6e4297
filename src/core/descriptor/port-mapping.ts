import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { PortMapping } from '../model/container.ts';
import { refuse } from './refuse.ts';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Reads `[IP:]HOST:CONTAINER[/PROTOCOL]`; an IPv6 address stands in brackets. VALUE_INVALID otherwise. */
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
    'the host port is missing, and gear does not choose one',
    `give both ports: ${/^[\w.:[\]]*$/.test(shown) ? shown : ''}${port}:${port}`,
  );
}

/** '' when there is none. The URL parser knows every spelling of IPv6, and writes the shortest. */
function parseAddress(address: string | undefined): Result<string> {
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
  if (port === 0 && side === 'host')
    return refuse('VALUE_INVALID', 'host port 0 would be any free port', 'choose the port: gear does not');
  if (port < 1 || port > 65_535)
    return refuse('VALUE_INVALID', `the ${side} port ${quote(text)} is out of range`, 'give 1 to 65535');
  return ok(port);
}
