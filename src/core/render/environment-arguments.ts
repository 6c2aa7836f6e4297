import type { Instance } from '../model/instance.ts';
import { rawEnvironmentPath } from './environment-file.ts';
import { isInherited } from './environment-names.ts';

/** Names only: the values come from the environment of the command, or from the file. */
export function environmentArguments({ environmentKeys, environmentFile }: Instance): readonly string[] {
  const words: string[] = [];
  const inherited = environmentKeys.filter(isInherited);
  for (const key of inherited) words.push('--env', key);
  if (environmentFile !== null && inherited.length < environmentKeys.length)
    words.push('--env-file', rawEnvironmentPath(environmentFile));
  return words;
}
