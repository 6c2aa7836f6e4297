import type { ChosenHost } from '../core/model/choose-hosts.ts';
import { FailureError } from '../errors/failure.ts';
import { findHosts } from './find-hosts.ts';

/** The one host that a word means, this machine as `local` among them. FailureError HOST_INVALID. */
export async function oneChosen(word: string): Promise<ChosenHost> {
  const [first, ...others] = await findHosts([word]);
  if (first !== undefined && others.length === 0) return first;
  throw new FailureError({
    code: 'HOST_INVALID',
    message: `${word} is more than one host`,
    next: 'name one: gear host ls',
    subject: word,
  });
}
