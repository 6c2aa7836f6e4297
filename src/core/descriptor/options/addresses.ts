import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { parseAddress } from '../port-mapping.ts';
import { refuse } from '../refuse.ts';

/** An IP address in its shortest spelling. VALUE_INVALID otherwise. */
export function parseIp(text: string): Result<string> {
  const address = text === '' ? undefined : parseAddress(text);
  if (address?.ok === true) return address;
  return refuse('VALUE_INVALID', `${quote(text)} is not an IP address`, 'write it as 10.0.0.5 or fd00::5');
}

/** An IPv4 address, or an IPv6 one: which of them a flag wants. VALUE_INVALID otherwise. */
export function parseIpOf(family: 4 | 6): (text: string) => Result<string> {
  return (text) => {
    const address = parseIp(text);
    if (!address.ok || address.value.includes(':') === (family === 6)) return address;
    const flag = family === 4 ? '--ip6' : '--ip';
    return refuse('VALUE_INVALID', `${quote(text)} is not an IPv${family} address`, `use ${flag} for it`);
  };
}

/** Reads NAME:IP, or NAME:host-gateway, as NAME:IP with the address in its shortest spelling. VALUE_INVALID otherwise. */
export function parseExtraHost(text: string): Result<string> {
  const [, name = '', given = ''] = /^([A-Za-z0-9_.-]{1,253})[:=](.+)$/s.exec(text) ?? [];
  if (given === 'host-gateway') return ok(`${name}:${given}`);
  const address = parseIp(given.replace(/^\[(.*)\]$/s, '$1'));
  if (name !== '' && address.ok) return ok(`${name}:${address.value}`);
  return refuse('VALUE_INVALID', `${quote(text)} is no line for /etc/hosts`, 'write it as db:10.0.0.5');
}

/** A hardware address of a single station, in lower case. VALUE_INVALID otherwise. */
export function parseMac(text: string): Result<string> {
  const mac = text.toLowerCase().replaceAll('-', ':');
  if (/^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/.test(mac)) return ok(mac);
  return refuse('VALUE_INVALID', `${quote(text)} is not a hardware address`, 'write it as 02:42:ac:11:00:02');
}

/** Reads PORT[-PORT][/PROTOCOL] with its protocol. VALUE_INVALID otherwise. */
export function parseExpose(text: string): Result<string> {
  const [, first = '', last = first, protocol = 'tcp'] =
    /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/.exec(text) ?? [];
  const ports = [Number(first), Number(last)];
  if (first !== '' && ports.every((port) => port >= 1 && port <= 65_535) && Number(first) <= Number(last))
    return ok(`${Number(first)}${last === first ? '' : `-${Number(last)}`}/${protocol}`);
  return refuse('VALUE_INVALID', `${quote(text)} is not a port`, 'write it as 8080, 8080/udp or 8000-8010');
}
