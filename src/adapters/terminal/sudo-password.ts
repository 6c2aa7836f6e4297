import type { HostAddress } from '../../core/model/host-address.ts';
import { readSecretInput } from './secret-input.ts';

/** More than any password that sudo(8) takes. */
const longest = 1024;

let last: Promise<unknown> = Promise.resolve();

/**
 * What asks on the terminal for the password of a user, without echo; of several hosts one after the other. `tell` shows
 * the question. FailureError INTERRUPTED.
 */
export function sudoPasswordAsker(
  tell: (text: string) => void,
): (host: HostAddress, user: string) => Promise<string> {
  return ({ label }, user) => {
    const ask = async (): Promise<string> => {
      const bytes = await readSecretInput(label, '-', {
        limit: longest,
        tell,
        what: `password of ${user} for sudo on`,
        without: 'nothing was changed',
      });
      return new TextDecoder().decode(bytes);
    };
    const answer = last.then(ask, ask);
    last = answer;
    return answer;
  };
}
