import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { refuse } from './refuse.ts';

/** The name itself when it may be that of a secret: it becomes a file's and a credential's (systemd.exec(5)). NAME_INVALID. */
export function checkSecretName(name: string): Result<string> {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(name)) return ok(name);
  return refuse(
    'NAME_INVALID',
    `${quote(name)} cannot be the name of a secret`,
    'use 1 to 64 letters, digits, "_", "-" and ".", not first a "-" or "."',
  );
}
