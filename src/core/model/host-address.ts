import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';

/** Where a host is, as ssh(1) takes it; what is absent, the user's ssh_config says. */
export interface HostAddress {
  /** As it was written, or the name that the inventory gives it: what output and messages call the host. */
  readonly label: string;
  /** A name, an alias of ssh_config, or an IP address without brackets. */
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

// What begins with "-" would be an option of ssh(1), and "%" beyond a zone one of its tokens.
const userPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\$?$/;
const namePattern = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})$/;
const ipv6Pattern = /^[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,15})?$/;

/** Reads `[user@]host[:port]`, IPv6 in brackets. HOST_INVALID. */
export function parseHostAddress(text: string): Result<HostAddress> {
  const [, user, bracketed, plain, port] =
    /^(?:([^@]*)@)?(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return invalid(text, 'is not [user@]host[:port], with IPv6 in brackets');
  const isHost = bracketed === undefined ? namePattern.test(host) : isIpv6(host);
  if (!isHost) return invalid(text, `names no host: ${quote(host)}`);
  if (user !== undefined && !userPattern.test(user)) return invalid(text, `names no user: ${quote(user)}`);
  if (port !== undefined && !isPort(port))
    return invalid(text, `has no port from 1 to 65535: ${quote(port)}`);
  return ok({
    label: text,
    host,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port: Number(port) }),
  });
}

function isIpv6(text: string): boolean {
  return text.includes(':') && ipv6Pattern.test(text);
}

function isPort(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && Number(text) <= 65_535;
}

function invalid<T>(text: string, why: string): Result<T> {
  return err({
    code: 'HOST_INVALID',
    message: `the host ${quote(text)} ${why}`,
    next: 'write web1, anna@web1, web1:2222 or [2001:db8::1]:2222',
    subject: text,
  });
}
