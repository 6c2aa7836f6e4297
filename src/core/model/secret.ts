import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { keyedHash } from './keyed-hash.ts';

/** Where the present value of a secret lies (/etc/gear/files/<hash>.secret), and how. */
export interface SecretRecord {
  readonly hash: string;
  /** By systemd-creds(1), for LoadCredentialEncrypted=. */
  readonly encrypted: boolean;
  /** When the value was given, unix ms, and by whom. */
  readonly createdMs: number;
  readonly by: string;
}

/** systemd hands a unit no more than this in credentials, all of them together (systemd.exec(5)). */
export const longestSecret = 1024 * 1024;

/** Names become names of credentials and of files; 64 characters leave room for suffixes of either. */
const usable = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** The name itself when a secret can have it; else NAME_INVALID. */
export function checkSecretName(name: string): Result<string> {
  if (usable.test(name)) return ok(name);
  return err({
    code: 'NAME_INVALID',
    message: `${quote(name)} cannot be the name of a secret`,
    next: 'use 1 to 64 of letters, digits, "_", "." and "-", starting with a letter, a digit or "_"',
  });
}

/** The value itself when it can be kept; else VALUE_INVALID. */
export function checkSecretValue(name: string, value: Uint8Array): Result<Uint8Array> {
  if (value.length > 0 && value.length <= longestSecret) return ok(value);
  return err({
    code: 'VALUE_INVALID',
    message: `the value of ${name} is ${value.length === 0 ? 'empty' : 'larger than 1 MiB, which systemd does not hand on'}`,
    next:
      value.length === 0 ? `give it on stdin: gear secret set ${name} < FILE` : 'keep large data in a volume',
    subject: name,
  });
}

/**
 * Names a value as it is stored: by secret, content, and whether it is encrypted. A unit says how its credential is to be
 * read, so the same file must never change from one form to the other under the units of kept generations.
 */
export function secretHash(key: Uint8Array, name: string, value: Uint8Array, encrypted: boolean): string {
  const mark = new TextEncoder().encode(`${encrypted ? 'secret' : 'plain secret'}\0${name}\0`);
  const marked = new Uint8Array(mark.length + value.length);
  marked.set(mark);
  marked.set(value, mark.length);
  return keyedHash(key, marked);
}
