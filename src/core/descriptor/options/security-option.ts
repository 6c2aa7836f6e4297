import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { refuse } from '../refuse.ts';

const kinds: readonly string[] = [
  'label',
  'seccomp',
  'apparmor',
  'no-new-privileges',
  'systempaths',
  'mask',
  'unmask',
];

/**
 * Reads an option as KIND=VALUE, or no-new-privileges. Docker's older `label:disable` is the same as `label=disable`.
 * VALUE_INVALID otherwise.
 */
export function parseSecurityOption(text: string): Result<string> {
  if (/^no-new-privileges([:=]true)?$/.test(text)) return ok('no-new-privileges');
  const [, kind = '', value = ''] = /^([a-z-]+)(?:[:=]([^\p{Cc}]*))?$/su.exec(text) ?? [];
  if (kind === 'no-new-privileges')
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} asks for nothing`,
      'write no-new-privileges, or leave it out',
    );
  if (!kinds.includes(kind)) {
    const near = nearest(kind, kinds);
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} is not a security option`,
      near === undefined
        ? 'write label=…, seccomp=…, apparmor=… or no-new-privileges'
        : `did you mean ${near}?`,
    );
  }
  if (value === '')
    return refuse('VALUE_INVALID', `${quote(text)} has no value`, `write it as ${kind}=VALUE`);
  if (kind === 'seccomp' && value !== 'unconfined' && !value.startsWith('/'))
    return refuse(
      'VALUE_INVALID',
      `${quote(value)} is not the absolute path of a seccomp profile`,
      'write seccomp=unconfined or seccomp=/PATH',
    );
  return ok(`${kind}=${value}`);
}
