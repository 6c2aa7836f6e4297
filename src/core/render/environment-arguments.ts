import type { Instance } from '../model/instance.ts';
import { rawEnvironmentPath } from './environment-file.ts';
import { isInherited } from './environment-names.ts';

/** Names only: the values come from the environment of the command, or from the file. */
export function environmentArguments({ environmentKeys, environmentFile }: Instance): readonly string[] {
  const inherited = environmentKeys.filter(isInherited).flatMap((key) => ['--env', key]);
  const raw = environmentFile !== null && environmentKeys.some((key) => !isInherited(key));
  return raw ? [...inherited, '--env-file', rawEnvironmentPath(environmentFile)] : inherited;
}
