import { FailureError } from '../../errors/failure.ts';
import type { InvokingUser } from './invoking-user.ts';

/** CREDENTIALS for a file: names its path and what to do, never what is in it. */
export function brokenCredentialFile(path: string, why: string, user: InvokingUser): FailureError {
  return new FailureError({
    code: 'CREDENTIALS',
    message: `the stored credentials in ${path} cannot be used: ${why}`,
    next: `mend or remove ${path}, then log in again with: docker login${whoseCredentials(user)}`,
    subject: path,
  });
}

/** CREDENTIALS for a helper program: its output is not repeated, because it may hold the password. */
export function brokenCredentialHelper(
  helper: string,
  server: string,
  path: string,
  why: string,
): FailureError {
  return new FailureError({
    code: 'CREDENTIALS',
    message: `the credential helper ${helper}, named in ${path}, ${why}`,
    next: `see what it says with: echo ${server} | ${helper} get`,
    subject: path,
  });
}

/** Under sudo it is root's credentials that count, as for the engine's own command; people expect theirs. */
export function whoseCredentials(user: InvokingUser): string {
  return user.sudoUser === null
    ? ''
    : ` (as ${user.name}, whose stored credentials are used under sudo, not those of ${user.sudoUser})`;
}
