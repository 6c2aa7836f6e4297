import { parseHostAddress } from '../../model/host-address.ts';
import type { Scope } from './scope.ts';

/** The one host of the app; undefined where it names none, or what it names cannot be. */
export function lowerHosts({ input, findings }: Scope): string | undefined {
  const [host, ...others] = [input.hosts ?? []].flat().map(String);
  if (host === undefined) return undefined;
  if (others.length > 0) {
    findings.refuse(
      ['hosts'],
      'VALUE_INVALID',
      'an app runs on one host, and several are named',
      'name one of them; or leave hosts out: gear apply FILE --host HOST --host HOST',
    );
  }
  const address = parseHostAddress(host);
  if (!address.ok)
    for (const { message, next } of address.failures)
      findings.refuse(['hosts'], 'VALUE_INVALID', message, next);
  return host;
}
